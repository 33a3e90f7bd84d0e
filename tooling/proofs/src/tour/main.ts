import { Command } from 'commander'
import { TourEnded, type TourStep } from './narrator.ts'
import { runTour } from './tour.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm tour`: exit code 1 when something is not as promised. */
const { fleet, json } = new Command('tour')
  .description('Moves a company out of old tables into a database of its own, rotates keys, migrates a fleet.')
  .option('--fleet <number>', 'tenants in the fleet, one of which is broken', atLeastOne, 20)
  .option('--json', 'print one object with what each step saw')
  .addHelpText('after', '\nExamples:\n  pnpm tour\n  pnpm tour --fleet 3\n  pnpm --silent tour --json')
  .parse()
  .opts<{ fleet: number; json?: true }>()

const started = performance.now()
const onStep = (step: TourStep) => {
  say('')
  if (json !== true) console.log(textOf(step))
}
try {
  const steps = await runTour({ fleet }, { onStep, onProgress: say })
  const seconds = Math.round((performance.now() - started) / 1000)
  say('')
  console.log(json === true ? JSON.stringify({ ok: true, fleet, seconds, steps }) : `All as promised, in ${seconds} s.`)
} catch (error) {
  say('')
  if (!(error instanceof TourEnded)) throw error
  if (json === true) console.log(JSON.stringify({ ok: false, fleet, message: error.message }))
  else console.error(error.message)
  process.exitCode = 1
}

function textOf({ title, command, seen, milliseconds }: TourStep): string {
  const lines = [...(command === null ? [] : [`  $ ${command}`]), ...seen.map((text) => `  ${text}`)]
  return `● ${title}  (${(milliseconds / 1000).toFixed(1)} s)\n${lines.join('\n')}\n`
}
