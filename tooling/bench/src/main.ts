import { Argument, Command, InvalidArgumentError } from 'commander'
import { measureBoard } from './board/suite.ts'
import { measureCaller } from './caller/suite.ts'
import { measureCold } from './cold/suite.ts'
import { measureDashboard } from './dashboard/suite.ts'
import { measureFleet } from './fleet/suite.ts'
import { measureHealth } from './health/suite.ts'
import { measureHttp } from './http/suite.ts'
import { measureImport } from './import/suite.ts'
import { measureLists } from './lists/suite.ts'
import { describeMachine } from './machine.ts'
import { measureMemory } from './memory/suite.ts'
import { measureProvision } from './provision/suite.ts'
import { measureNoisy } from './noisy/suite.ts'
import { onProgress } from './progress.ts'
import { reportOf, tableOf } from './report.ts'
import { measureRotate } from './rotate/suite.ts'
import { measureStart } from './start/suite.ts'
import { suiteNames, type SuiteInput, type SuiteName, type SuiteResult } from './suite.ts'
import { measureTenants } from './tenants/suite.ts'
import { measureTransfer } from './transfer/suite.ts'
import { openBenchWorld } from './world.ts'

/** `pnpm bench`: how fast we are beside what people usually build and beside next to nothing. Exit code 1 for a missed figure. */
const command = new Command('bench')
  .description('Measures speed and memory beside a plain server and beside the usual stack, in interleaved rounds.')
  .addArgument(new Argument('[suite]', 'only this one; all without it').choices([...suiteNames]))
  .option('--json', 'print one object with the figures')
  .option('--seconds <number>', 'load for each figure and contender, over all rounds', positive, 5)
  .option('--count <number>', 'databases of the fleet', positive, 200)
  .option('--tenants <number>', 'configured tenants: 5,000 that are asked for, 500 that are looked at', positive)
  .option('--connections <number>', 'connections that all of them share', positive, 50)
  .option('--pairs <number>', 'pairs of a quiet and a noisy slice', positive, 12)
  .option(
    '--rows <number>',
    'rows: 1,000,000 that are moved in, 100,000 that are imported, 200,000 accounts and opportunities of a company',
    positive,
  )
  .option('--cards <number>', 'cards of the board', positive, 2000)
  .option('--profile', 'show where the time goes even when nothing was missed')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm bench\n  pnpm bench http --seconds 20\n  pnpm bench fleet --count 20\n  pnpm bench transfer --rows 100000\n  pnpm bench import --rows 100000\n  pnpm bench lists --rows 20000\n  pnpm bench noisy --pairs 12 --seconds 12\n  pnpm bench tenants --tenants 500 --connections 20\n  pnpm bench health --tenants 500\n  pnpm --silent bench caller --json',
  )
  .parse()
const options = command.opts<{
  json?: true
  seconds: number
  count: number
  tenants?: number
  connections: number
  pairs: number
  rows?: number
  cards: number
  profile?: true
}>()
const [only] = command.processedArgs as [SuiteName | undefined]

const suites: Record<SuiteName, (input: SuiteInput) => Promise<SuiteResult>> = {
  http: measureHttp,
  caller: measureCaller,
  cold: measureCold,
  memory: measureMemory,
  start: measureStart,
  fleet: measureFleet,
  provision: measureProvision,
  noisy: measureNoisy,
  tenants: measureTenants,
  health: measureHealth,
  transfer: measureTransfer,
  rotate: measureRotate,
  lists: measureLists,
  board: measureBoard,
  dashboard: measureDashboard,
  import: measureImport,
}

await using opened = await openBenchWorld(onProgress)
const input: SuiteInput = {
  world: opened.world,
  seconds: options.seconds,
  count: Math.ceil(options.count),
  tenants: options.tenants && Math.ceil(options.tenants),
  connections: Math.ceil(options.connections),
  pairs: Math.ceil(options.pairs),
  rows: options.rows && Math.ceil(options.rows),
  cards: Math.ceil(options.cards),
  profile: options.profile ?? false,
  onProgress,
}
const results: SuiteResult[] = []
for (const name of only === undefined ? suiteNames : [only]) results.push(await suites[name](input))

const report = reportOf(
  describeMachine(opened.serverVersion),
  results.flatMap(({ figures }) => figures),
  results.flatMap(({ notes }) => notes),
)
console.log(options.json ? JSON.stringify(report) : tableOf(report))
process.exitCode = report.ok ? 0 : 1

function positive(text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new InvalidArgumentError('Use a number above 0.')
  return number
}
