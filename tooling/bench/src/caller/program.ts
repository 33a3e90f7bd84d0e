import type { AccountId } from '@tenantry/contracts/ids'
import { openRaw, type NewAccount } from '../plain/accounts.ts'
import { openProduct } from '../product/runtime.ts'
import { record } from '../profile/record.ts'
import { readProgramInput } from '../program-input.ts'
import { interleave, rounds } from '../rounds.ts'
import { sendResult } from '../run-program.ts'
import { repeat } from './repeat.ts'

/** Operations a second of each contender, by what was measured. */
export type CallerRates = Record<string, Record<string, number[]>>

const { world, seconds = 5, profileTo } = readProgramInput()
const runtime = openProduct(world)
const raw = openRaw(world.rawDatabaseUrl, world.tenantIdInDataSource)
const session = { cookieHeader: world.cookie }
const slice = seconds / rounds

const newAccount: NewAccount = {
  name: 'A new company',
  email: 'new@example.com',
  phone: '+14155550100',
  billingCity: 'Portland',
  billingCountry: 'US',
  timeZone: 'America/Los_Angeles',
}

let turn = 0
// Ids of accounts, as Postgres made them.
const nextId = () => world.accountIds[turn++ % world.accountIds.length] as AccountId

await sendResult(async () => (profileTo === undefined ? await measureAll() : await watchOurs()))

async function measureAll(): Promise<CallerRates> {
  const rates: CallerRates = {}
  await warmUp()
  for (const atOnce of [1, 16]) {
    const measure = (perform: () => Promise<unknown>) => () => repeat(perform, { atOnce, seconds: slice })
    // A grant lives for a minute, so each slice begins with a session of its own.
    const ours = (perform: (caller: ReturnType<typeof runtime.callerFor>) => Promise<unknown>) => () => {
      const caller = runtime.callerFor(session)
      return repeat(() => perform(caller), { atOnce, seconds: slice })
    }
    rates[`get ${atOnce}`] = await interleave({
      ours: ours((caller) => caller.accounts.byId({ id: nextId() })),
      oursWithSession: measure(() => runtime.callerFor(session).accounts.byId({ id: nextId() })),
      raw: measure(() => raw.byId(nextId())),
    })
    rates[`list ${atOnce}`] = await interleave({
      ours: ours((caller) => caller.accounts.list({ limit: 50 })),
      raw: measure(() => raw.list(50)),
    })
    rates[`create ${atOnce}`] = await interleave({
      ours: ours((caller) => caller.accounts.create(newAccount)),
      raw: measure(() => raw.create(newAccount, world.userId)),
      rawPipelined: measure(() => raw.createPipelined(newAccount, world.userId)),
    })
  }
  return rates
}

async function warmUp(): Promise<void> {
  const caller = runtime.callerFor(session)
  const operations = [
    () => caller.accounts.byId({ id: nextId() }),
    () => raw.byId(nextId()),
    () => caller.accounts.list({ limit: 50 }),
    () => raw.list(50),
    () => caller.accounts.create(newAccount),
    () => raw.create(newAccount, world.userId),
  ]
  for (const perform of operations) await repeat(perform, { atOnce: 16, seconds: 10, maxCount: 3000 })
}

async function watchOurs(): Promise<object> {
  await warmUp()
  const caller = runtime.callerFor(session)
  const each = { atOnce: 16, seconds: 2 }
  const recording = await record(profileTo)
  await repeat(() => caller.accounts.byId({ id: nextId() }), each)
  await repeat(() => caller.accounts.list({ limit: 50 }), each)
  await repeat(() => caller.accounts.create(newAccount), each)
  await recording.finish()
  return {}
}
