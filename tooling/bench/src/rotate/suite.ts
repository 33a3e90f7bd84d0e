import { parseTarget, type Target } from '@tenantry/connections/target'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { open, seal } from '@tenantry/credentials/seal'
import { rotateKeys } from '@tenantry/fleet/rotate-keys'
import postgres from 'postgres'
import { compare } from '../figure.ts'
import { interleave } from '../rounds.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { openSealedTenants } from './sealed-tenants.ts'

const values = 10_000
const batchSize = 500
const columns = ['data_source_anon_key', 'data_source_service_key'] as const

/**
 * A rotation, with its compare-and-set, its counting before and after and its name in the audit log, beside a bare loop that
 * opens, seals and updates one value after the other, one transaction for each batch. Both turn everything to the other key,
 * in the same table with the same triggers.
 */
export async function measureRotate({ world, onProgress }: SuiteInput): Promise<SuiteResult> {
  const { user = '', password = '', host, port } = parseTarget(world.rawDatabaseUrl)
  const [one, two] = [`k1:${generateKey()}`, `k2:${generateKey()}`]
  const keyrings = [parseKeyring(`${two},${one}`), parseKeyring(`${one},${two}`)] as const
  onProgress(`Rotation of ${values} sealed values, beside a bare loop`)
  await using stage = await openSealedTenants({ host, port, user, password }, keyrings[1], values / columns.length)
  const sql = openPlain(stage.target)
  let turn = 0
  const nextKeyring = () => keyrings[turn++ % 2] ?? keyrings[0]
  const { sealedValues } = stage.app
  const rates = await interleave({
    ours: () =>
      valuesPerSecond(async () => {
        const rotation = await rotateKeys({ sealedValues, keyring: nextKeyring(), operatorName: 'bench', batchSize })
        return rotation.remaining === 0 ? rotation.resealed : 0
      }),
    loop: () => valuesPerSecond(() => bareLoop(sql, nextKeyring())),
  })
  await sql.end()
  const named = {
    suite: 'rotate',
    name: `rotation of ${values.toLocaleString('en-US')} sealed values`,
    against: 'open, seal, update in a loop, a transaction per batch',
    unit: 'values/s',
    goal: { kind: 'at least', value: 0.5 } as const,
  }
  return { figures: [compare(named, rates.ours, rates.loop)], notes: [] }
}

/** Fails when not everything was done. */
async function valuesPerSecond(rotate: () => Promise<number>): Promise<number> {
  const began = performance.now()
  const done = await rotate()
  if (done !== values) throw new Error(`${done} of ${values} values were rotated`)
  return (1000 * values) / (performance.now() - began)
}

function openPlain({ host, port, user, database, password }: Target): postgres.Sql {
  return postgres({ host, port, user, database, pass: password(), max: 1, fetch_types: false })
}

async function bareLoop(sql: postgres.Sql, keyring: Keyring): Promise<number> {
  let done = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await sql<Record<'id' | (typeof columns)[number], string>[]>`
      select id, ${sql(columns)} from app.tenants where id > ${after} order by id limit ${batchSize / columns.length}`
    if (rows.length === 0) return done
    after = rows.at(-1)?.id ?? after
    await sql.begin(async (tx) => {
      for (const row of rows) {
        for (const column of columns) {
          const context = { tenantId: row.id, column }
          const sealed = seal(keyring, open(keyring, row[column], context), context)
          await tx`update app.tenants set ${tx(column)} = ${sealed} where id = ${row.id}`
          done++
        }
      }
    })
  }
}
