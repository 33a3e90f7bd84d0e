import { environmentOf, openTestServers } from '@tenantry/vitest-config/test-servers'
import { rmSync } from 'node:fs'
import { copyProject } from '../project-copy.ts'
import type { Fault } from './fault.ts'
import { plant } from './plant.ts'
import { runTests, type Outcome } from './run-tests.ts'

export interface Verdict {
  fault: string
  file: string
  test: string
  /** With the fault in place; `failed` is what should be. */
  planted: Outcome
  /** Without it; `passed` is what should be. */
  sound: Outcome
}

export function isNoticed({ planted, sound }: Verdict): boolean {
  return planted === 'failed' && sound === 'passed'
}

/**
 * Runs the named tests in a sound copy of the project, then plants one fault after the other and runs the same tests again: one
 * that fails because others have not run before it would notice anything. `onVerdict` hears of each as it is known.
 */
export async function judge(faults: Fault[], onVerdict: (verdict: Verdict) => void): Promise<Verdict[]> {
  const servers = await openTestServers()
  const env = environmentOf(servers)
  const copies = Array.from({ length: Math.min(copiesAtOnce, faults.length) }, () => copyProject())
  try {
    const [first = ''] = copies
    const sound = await runSound(first, faults, env)
    const verdicts: Verdict[] = []
    const waiting = faults.values()
    const work = async (copy: string) => {
      for (const fault of waiting) {
        const { file, test } = fault.caughtBy
        const verdict = {
          fault: fault.name,
          file: fault.file,
          test,
          planted: await outcomeWith(copy, fault, { tests: sound.testsOf(file), env }),
          sound: sound.outcome(file, test),
        }
        verdicts.push(verdict)
        onVerdict(verdict)
      }
    }
    await Promise.all(copies.map(work))
    return faults.flatMap(({ name }) => verdicts.find((verdict) => verdict.fault === name) ?? [])
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true })
    await servers.close()
  }
}

/** A run waits for servers as much as it computes. */
const copiesAtOnce = 2

/** The named tests of each file alone, or all of a file where one of them leans on what stands before it. */
async function runSound(copy: string, faults: Fault[], env: Record<string, string>) {
  const named = faults.map(({ caughtBy }) => caughtBy)
  const files = [...new Set(named.map(({ file }) => file))]
  const titlesOf = (of: string) => [...new Set(named.flatMap(({ file, test }) => (file === of ? [test] : [])))]
  const alone = await runTests(copy, { files, tests: files.flatMap(titlesOf), env })
  const leaning = files.filter((file) => titlesOf(file).some((test) => alone(file, test) !== 'passed'))
  const whole = leaning.length === 0 ? alone : await runTests(copy, { files: leaning, env })
  return {
    testsOf: (file: string) => (leaning.includes(file) ? undefined : titlesOf(file)),
    outcome: (file: string, test: string) => (leaning.includes(file) ? whole : alone)(file, test),
  }
}

async function outcomeWith(
  copy: string,
  fault: Fault,
  how: { tests: string[] | undefined; env: Record<string, string> },
): Promise<Outcome> {
  const { file, test } = fault.caughtBy
  const takeBack = plant(copy, fault)
  try {
    const outcome = await runTests(copy, { files: [file], ...how })
    return outcome(file, test)
  } finally {
    takeBack()
  }
}
