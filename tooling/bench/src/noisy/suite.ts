import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { createWorld, type WorldHome } from '@tenantry/testing/world'
import { setTimeout as sleep } from 'node:timers/promises'
import { alone, compare, type Figure } from '../figure.ts'
import { quantileOf } from '../quantile.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { neighbourhoodOf, type Neighbourhood, type Slice } from './neighbourhood.ts'
import { freezing, slowing, type Trouble } from './troubles.ts'

const neighbours = 9

/**
 * Of a slice: some thousand reads, so that the slowest hundredth is more than a handful, and longer than a request waits for a
 * connection, so that giving up falls into it.
 */
const leastMs = 3_000

/** Between two slices, so that one does not pay for what the one before left behind. */
const restMs = 300

/** What nine tenants notice of a tenth that hangs, and of a tenth with 500 slow requests at once. */
export async function measureNoisy({ pairs, seconds, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress('Ten tenants, one of them on a server of its own')
  await using main = await startServer({ ephemeral: true, durable: false })
  await using other = await startServer({ ephemeral: true, durable: false })
  const quiet = Array.from({ length: neighbours }, (_, at) => [
    `calm-${at}`,
    { server: addressOf(main), database: 'x' },
  ])
  const homes = Object.fromEntries([...quiet, ['noisy', { server: addressOf(other) }]]) as Record<string, WorldHome>
  await using world = await createWorld(addressOf(main), homes)
  await using neighbourhood = neighbourhoodOf(world)
  const figures: Figure[] = []
  const sliceMs = Math.max(leastMs, (seconds * 1000) / pairs)
  for (const trouble of [freezing(neighbourhood, other), slowing(neighbourhood)]) {
    onProgress(trouble.name)
    figures.push(...(await measureTrouble(neighbourhood, trouble, { pairs, sliceMs })))
  }
  const notes = [
    `Each pair is ${neighbours} tenants reading lists by themselves, and the same while the tenth one makes trouble; every other pair begins with the trouble. A slice takes ${sliceMs / 1000} s.`,
  ]
  return { figures, notes }
}

async function measureTrouble(
  { others }: Neighbourhood,
  trouble: Trouble,
  { pairs, sliceMs }: { pairs: number; sliceMs: number },
): Promise<Figure[]> {
  const quiet: Slice[] = []
  const noisy: Slice[] = []
  const besideTrouble = async () => {
    await sleep(restMs)
    const end = await trouble.begin()
    noisy.push(await others(sliceMs))
    await end()
  }
  await others(sliceMs)
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 1) await besideTrouble()
    await sleep(restMs)
    quiet.push(await others(sliceMs))
    if (pair % 2 === 0) await besideTrouble()
  }
  const named = { suite: 'noisy', against: 'the same tenants without it', unit: 'ms' }
  const at = (slices: Slice[], quantile: number) => slices.map(({ latencies }) => quantileOf(latencies, quantile))
  const ratio = (name: string, quantile: number, value: number) =>
    compare(
      { ...named, name: `${trouble.name}, others' ${name}`, goal: { kind: 'at most', value } },
      at(noisy, quantile),
      at(quiet, quantile),
    )
  const errors = { suite: 'noisy', against: '', unit: 'errors', goal: { kind: 'at most', value: 0 } } as const
  return [
    ratio('p50', 0.5, 1.05),
    ratio('p99', 0.99, 1.25),
    alone(
      { ...errors, name: `${trouble.name}, others' errors` },
      noisy.map((slice) => slice.errors),
    ),
  ]
}

function addressOf({ host, port, superuser: user, password }: LocalServer) {
  return { host, port, user, password }
}
