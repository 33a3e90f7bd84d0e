import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The usual stack: a Next application of its own, beside `src`. */
export const usualStackFolder = fileURLToPath(new URL('../../usual-stack', import.meta.url))

/** Built for production as Next builds it, and built again only when its sources or the versions it stands on change. */
export async function buildUsualStack(onProgress: (step: string) => void): Promise<void> {
  const stampFile = join(usualStackFolder, '.next', 'built-from')
  const stamp = sourcesHash()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  onProgress('Building the usual stack (Next, once)')
  const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'))
  const child = spawn(process.execPath, [next, 'build', usualStackFolder], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The usual stack could not be built:\n${output.join('')}`)
  writeFileSync(stampFile, stamp)
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(process.version)
  for (const folder of ['app', 'stack']) {
    const files = readdirSync(join(usualStackFolder, folder), { recursive: true, withFileTypes: true })
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name)
      hash.update(path).update(readFileSync(path))
    }
  }
  return hash.update(readFileSync(join(usualStackFolder, '..', 'package.json'))).digest('hex')
}
