import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { createMovingCompany } from '@tenantry/testing/moving-company'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { verifyTransfer } from '@tenantry/tenant-transfer/verify'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { alone, type Figure } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { BenchWorld } from '../world.ts'
import type { TransferMeasured } from './input.ts'
import { inputOf } from './input-of.ts'

const companies = 5
const writesPerSecond = 200

/** How long nobody can write while a company of the usual size is switched over, which is at work all the time. */
export async function measurePause({
  world,
  server,
  onProgress,
}: {
  world: BenchWorld
  server: ServerAddress
  onProgress: (step: string) => void
}): Promise<{ figure: Figure; notes: string[] }> {
  const pauses: TransferMeasured[] = []
  let written = 0
  for (let round = 0; round < companies; round++) {
    onProgress(`Switching a company over, ${round + 1} of ${companies}`)
    await using moving = await createMovingCompany({ appServer: server, home: { server } })
    await runTransfer(moving.options)
    const { user, host, port, database, password } = moving.legacyApp
    const login = { user: user ?? '', host, port, database, password: password() }
    const writers = startWriters(login, moving.legacyTenantId)
    await sleep(2000)
    const transfer = { ...inputOf(moving, 253), way: 'cutover' } as const
    pauses.push(await runProgram<TransferMeasured>('./transfer/program.ts', { world, transfer }))
    const acknowledged = await writers.stop()
    written += acknowledged.length
    const there = await moving.now<{ title: string }>(`select title from crm.tasks where title like 'write %'`)
    const isSame =
      there.length === acknowledged.length && new Set(there.map(({ title }) => title)).size === there.length
    const { ok } = await verifyTransfer(moving.options)
    if (!ok || !isSame) throw new Error('something was lost or doubled on the way')
  }
  const typical = pauses.toSorted((a, b) => (a.pausedMs ?? 0) - (b.pausedMs ?? 0))[Math.floor(companies / 2)]
  const steps = typical?.pauseSteps?.map(({ step, ms }) => `${step} ${ms} ms`).join(', ') ?? ''
  return {
    figure: alone(
      {
        suite: 'transfer',
        unit: 'ms',
        name: `pause at ${writesPerSecond} writes/s`,
        against: 'nobody can write',
        goal: { kind: 'at most', value: 250 },
      },
      pauses.map(({ pausedMs }) => pausedMs ?? Number.NaN),
    ),
    notes: [`The pause: ${steps}. Of ${written} tasks that were acknowledged none was lost and none is there twice.`],
  }
}

/** The company at work, at a fixed rate whatever the answers: tasks, deals and accounts. */
function startWriters(
  login: { user: string; password: string; host: string; port: number; database: string },
  id: string,
) {
  const sql = postgres({ ...login, max: 8, onnotice: () => {} })
  const acknowledged: string[] = []
  const begun = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) * writesPerSecond) / 1000)
    for (; sent < due; sent++) void write(sent)
  }, 5)
  const write = async (n: number) => {
    try {
      if (n % 2 === 0) {
        await sql`insert into public.tasks (tenant_id, title) values (${id}, ${`write ${n}`})`
        acknowledged.push(`write ${n}`)
      } else if (n % 4 === 1) {
        await sql`update public.opportunities set amount = amount + 0.01, stage = ${`stage ${n % 5}`} where id =
          (select id from public.opportunities where tenant_id = ${id} order by id limit 1 offset ${n % 49})`
      } else {
        await sql`update public.accounts set name = ${`name ${n}`} where id =
          (select id from public.accounts where tenant_id = ${id} order by id limit 1 offset ${n % 13})`
      }
    } catch {
      // Refused, while nobody may write and ever after.
    }
  }
  return {
    async stop(): Promise<string[]> {
      clearInterval(timer)
      await sql.end()
      return acknowledged
    },
  }
}
