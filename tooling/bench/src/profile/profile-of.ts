import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { summarise, type CpuProfile } from './summarise.ts'

/** Runs something that leaves a profile in the file it is given, and tells where the time went. */
export async function profileOf(run: (profileTo: string) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-bench-'))
  const file = join(folder, 'profile.cpuprofile')
  try {
    await run(file)
    return summarise(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
