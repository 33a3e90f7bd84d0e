import { compare, isMissed, type Figure, type Goal } from '../figure.ts'
import { profileOf } from '../profile/profile-of.ts'
import { interleave, rounds } from '../rounds.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { BenchWorld } from '../world.ts'
import { assertSameAnswers } from './same-answers.ts'
import { load } from './load.ts'
import { startStack, stackNames, type Stack, type StackName } from './stacks.ts'
import { buildUsualStack } from './usual-build.ts'

interface Operation {
  name: string
  pathsOf(stack: Stack, world: BenchWorld): string[]
  goals: Record<Exclude<StackName, 'product'>, Goal>
}

const atLeast = (value: number, beyond: number): Goal => ({ kind: 'at least', value, beyond })

const operations: Operation[] = [
  {
    name: 'accounts.get',
    pathsOf: (stack, { accountIds }) => accountIds.map(stack.getPath),
    goals: { usual: atLeast(3, 6), plain: atLeast(0.2, 0.5) },
  },
  {
    name: 'accounts.list of 50',
    pathsOf: ({ listPath }) => [listPath],
    goals: { usual: atLeast(2.5, 4), plain: atLeast(0.5, 1) },
  },
]

const titles: Record<StackName, string> = { product: 'ours', plain: 'plain', usual: 'the usual stack' }

/** Each stack is a server process of its own; the load comes from this one. */
export async function measureHttp(input: SuiteInput): Promise<SuiteResult> {
  const { world, onProgress } = input
  await buildUsualStack(onProgress)
  onProgress('Starting three servers')
  const stacks = await startAll(world)
  try {
    await assertSameAnswers(stacks, world)
    const figures: Figure[] = []
    const notes: string[] = []
    onProgress('Warming up')
    for (const stack of stacks) await warmUp(stack, world)
    for (const operation of operations) {
      for (const connections of [1, 16]) {
        onProgress(`${operation.name}, ${connections} at once`)
        const measured = await measureOne(stacks, operation, connections, input)
        figures.push(...measured.figures)
        notes.push(measured.note)
      }
    }
    return { figures, notes: [...notes, ...(await profiles(figures, input))] }
  } finally {
    await Promise.all(stacks.map((stack) => stack.process.stop()))
  }
}

async function startAll(world: BenchWorld): Promise<Stack[]> {
  const started = await Promise.allSettled(stackNames.map((name) => startStack(name, world)))
  const stacks = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failure = started.find((result) => result.status === 'rejected')
  if (failure === undefined) return stacks
  await Promise.all(stacks.map((stack) => stack.process.stop()))
  throw failure.reason
}

/** By requests and not by time: code that V8 has not compiled yet is several times as slow, and slowest on a busy machine. */
async function warmUp(stack: Stack, world: BenchWorld): Promise<void> {
  for (const { pathsOf } of operations) {
    const paths = pathsOf(stack, world)
    await load({ port: stack.port, connections: 16, seconds: 20, maxRequests: 3000, cookie: stack.cookie, paths })
  }
}

async function measureOne(
  stacks: Stack[],
  { name, pathsOf, goals }: Operation,
  connections: number,
  { world, seconds }: SuiteInput,
): Promise<{ figures: Figure[]; note: string }> {
  const p99 = new Map<StackName, number>()
  const cpu = new Map<StackName, number>()
  const measures = stacks.map((stack) => {
    const paths = pathsOf(stack, world)
    const measure = async () => {
      const cpuBefore = stack.process.cpuMs()
      const slice = { port: stack.port, connections, seconds: seconds / rounds, cookie: stack.cookie, paths }
      const { perSecond, count, p99Ms } = await load(slice)
      p99.set(stack.name, p99Ms)
      cpu.set(stack.name, (stack.process.cpuMs() - cpuBefore) / count)
      return perSecond
    }
    return [stack.name, measure] as const
  })
  const rates = await interleave(Object.fromEntries(measures) as Record<StackName, () => Promise<number>>)
  const title = `${name}, ${connections} at once`
  const against = (other: 'usual' | 'plain') =>
    compare(
      { suite: 'http', name: title, against: titles[other], unit: 'requests/s', goal: goals[other] },
      rates.product,
      rates[other],
    )
  const costs = stackNames.map(
    (stack) => `${titles[stack]} ${cpu.get(stack)?.toFixed(2)} ms, p99 ${p99.get(stack)?.toFixed(1)} ms`,
  )
  return {
    figures: [against('usual'), against('plain')],
    note: `${title}: server's processor time a request, and latency: ${costs.join('; ')}`,
  }
}

async function profiles(figures: Figure[], { world, profile }: SuiteInput): Promise<string[]> {
  const wanted = operations.filter(
    ({ name }) => profile || figures.some((figure) => isMissed(figure) && figure.name.startsWith(name)),
  )
  const notes: string[] = []
  for (const { name, pathsOf } of wanted) {
    const table = await profileOf(async (profileTo) => {
      const stack = await startStack('product', world, profileTo)
      await warmUp(stack, world)
      stack.process.signal('SIGUSR2')
      const paths = pathsOf(stack, world)
      await load({ port: stack.port, connections: 16, seconds: 5, cookie: stack.cookie, paths })
      await stack.process.stop()
    })
    notes.push(`Where our server's time goes in ${name}:\n${table}`)
  }
  return notes
}
