import { compare, isMissed, type Figure, type Goal } from '../figure.ts'
import { profileOf } from '../profile/profile-of.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { CallerRates } from './program.ts'

const contests: { operation: string; name: string; contender: string; against: string; rival: string; goal?: Goal }[] =
  [
    {
      operation: 'get',
      name: 'accounts.get',
      contender: 'ours',
      against: 'raw postgres.js',
      rival: 'raw',
      goal: { kind: 'at least', value: 0.5 },
    },
    {
      operation: 'get',
      name: 'accounts.get, each with its own session read',
      contender: 'oursWithSession',
      against: 'raw postgres.js',
      rival: 'raw',
    },
    {
      operation: 'list',
      name: 'accounts.list of 50',
      contender: 'ours',
      against: 'raw postgres.js, default parsers',
      rival: 'raw',
      goal: { kind: 'at least', value: 1.2 },
    },
    {
      operation: 'create',
      name: 'accounts.create with history',
      contender: 'ours',
      against: 'raw sql.begin, same two statements',
      rival: 'raw',
      goal: { kind: 'at least', value: 1.2 },
    },
    {
      operation: 'create',
      name: 'accounts.create with history',
      contender: 'ours',
      against: 'the two pipelined by hand',
      rival: 'rawPipelined',
    },
  ]

/** Procedures without HTTP, beside raw postgres.js in the same process. */
export async function measureCaller({ world, seconds, profile, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress('Procedures through the caller, beside raw postgres.js')
  const rates = await runProgram<CallerRates>('./caller/program.ts', { world, seconds })
  const figures: Figure[] = []
  for (const { operation, name, contender, against, rival, goal } of contests) {
    for (const atOnce of [1, 16]) {
      const measured = rates[`${operation} ${atOnce}`] ?? {}
      const named = { suite: 'caller', name: `${name}, ${atOnce} at once`, against, unit: 'calls/s', goal }
      figures.push(compare(named, measured[contender] ?? [], measured[rival] ?? []))
    }
  }
  if (!profile && !figures.some(isMissed)) return { figures, notes: [] }
  const table = await profileOf(async (profileTo) => {
    await runProgram('./caller/program.ts', { world, profileTo })
  })
  return { figures, notes: [`Where our time goes in get, list and create through the caller:\n${table}`] }
}
