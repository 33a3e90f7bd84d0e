import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from '../figure.ts'
import { findFreePort } from '@tenantry/local-postgres/free-port'
import type { SuiteResult } from '../suite.ts'

const checkout = fileURLToPath(new URL('../../../..', import.meta.url))

/** What `pnpm dev` runs, on a machine that has installed the packages: with no data, then with the data of before. */
export async function measureStart({ onProgress }: { onProgress: (step: string) => void }): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-start-'))
  try {
    onProgress('First start of the demo')
    const first = await timeStart(folder)
    onProgress('Second start of the demo')
    const warm = await timeStart(folder)
    const named = { suite: 'start', unit: 's' }
    return {
      figures: [
        alone({ ...named, name: 'first start of dev', against: 'ready' }, [first.readySeconds]),
        alone({ ...named, name: 'first start of dev', against: 'first page shown' }, [first.pageSeconds]),
        alone({ ...named, name: 'warm start of dev', against: 'ready' }, [warm.readySeconds]),
        alone({ ...named, name: 'warm start of dev', against: 'first page shown' }, [warm.pageSeconds]),
      ],
      notes: [],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function timeStart(folder: string): Promise<{ readySeconds: number; pageSeconds: number }> {
  const port = await findFreePort()
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const demo = spawn(
    process.execPath,
    ['--import', 'tsx', 'apps/cli/src/main.ts', 'demo', 'start', '--json', '--quiet', '--port', String(port)],
    {
      cwd: checkout,
      env: { ...process.env, TENANTRY_FOLDER: join(folder, 'demo') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = once(demo, 'exit')
  try {
    await ready(demo)
    const readySeconds = seconds()
    const page = await fetch(`http://127.0.0.1:${port}/sign-in`)
    await page.text()
    return { readySeconds, pageSeconds: seconds() }
  } finally {
    demo.kill('SIGTERM')
    await ended
  }
}

/** It prints its summary when everything is there. */
function ready(demo: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    demo.stdout?.once('data', () => resolve())
    demo.stderr?.on('data', (chunk) => (said += String(chunk)))
    demo.once('exit', () => reject(new Error(`The demo did not start: ${said.trim()}`)))
  })
}
