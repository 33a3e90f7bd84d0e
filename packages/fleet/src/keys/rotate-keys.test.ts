import type { SealedColumn } from '@tenantry/app-db/types'
import { parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { open, reseal, seal } from '@tenantry/credentials/seal'
import { lookInto } from '@tenantry/testing/look-into'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyStatus } from './key-status.ts'
import { rotateKeys } from './rotate-keys.ts'
import { bothKeys, oldKeys, sealLegacy, secretsOf, stageSealedTenants } from './sealed-tenants.fixture.ts'

const columns = ['data_source_anon_key', 'data_source_service_key'] as const
const newKeyOnly = parseKeyring(`k2:${Buffer.alloc(32, 2).toString('base64')}`)
const operatorName = 'Olga'
type Stage = Awaited<ReturnType<typeof stageSealedTenants>>

test('every value opens under the new key alone, and says what it said before', async () => {
  await using stage = await stageSealedTenants(25)
  const progress: number[] = []
  const rotation = await rotateKeys({
    sealedValues: stage.app.sealedValues,
    keyring: bothKeys,
    operatorName,
    batchSize: 7,
    onProgress: ({ done }) => progress.push(done),
  })
  expect(rotation).toEqual({
    keyId: 'k2',
    resealed: 50,
    changedMeanwhile: 0,
    unopened: [],
    remaining: 0,
    isInterrupted: false,
    batches: 8,
  })
  expect(progress).toEqual([7, 14, 21, 28, 35, 42, 49, 50])
  await expectAllOpen(stage, newKeyOnly)
})

test('a second run, or a run that finds everything in order, writes nothing', async () => {
  await using stage = await stageSealedTenants(3)
  const rotate = () => rotateKeys({ sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName })
  await rotate()
  const before = await stage.rows('*')
  expect(await rotate()).toMatchObject({ resealed: 0, remaining: 0 })
  expect(await stage.rows('*')).toEqual(before)
})

test('the legacy form is sealed anew on the way', async () => {
  await using stage = await stageSealedTenants(2)
  const keyring = parseKeyring(`k2:${keyText(2)},k1:${keyText(1)},legacy:${keyText(9)}`)
  await stage.put('company-00001', 'data_source_anon_key', sealLegacy(9, 'anon of company-00001'))
  expect(await keyStatus(stage.app.sealedValues, keyring)).toEqual([
    { keyId: 'k2', role: 'seals', values: {}, total: 0 },
    { keyId: 'k1', role: 'opens', values: { data_source_anon_key: 1, data_source_service_key: 2 }, total: 3 },
    { keyId: 'legacy', role: 'opens', values: { data_source_anon_key: 1 }, total: 1 },
  ])
  await rotateKeys({ sealedValues: stage.app.sealedValues, keyring, operatorName })
  await expectAllOpen(stage, newKeyOnly)
})

test('a value that cannot be opened is named and left, and everything else is rotated', async () => {
  await using stage = await stageSealedTenants(6)
  const stranger = parseKeyring(`k0:${keyText(5)}`)
  const foreign = seal(stranger, 'x', { tenantId: stage.tenants[1]?.id ?? '', column: 'data_source_anon_key' })
  await stage.put('company-00001', 'data_source_anon_key', foreign)
  await stage.put('company-00002', 'data_source_service_key', stage.tenants[3]?.service ?? '')
  await stage.put('company-00004', 'data_source_anon_key', 'plain text')
  const rotation = await rotateKeys({
    sealedValues: stage.app.sealedValues,
    keyring: bothKeys,
    operatorName,
    batchSize: 2,
  })
  expect(rotation).toMatchObject({ resealed: 9, remaining: 3 })
  expect(Object.fromEntries(rotation.unopened.map(({ slug, column, code }) => [`${slug} ${column}`, code]))).toEqual({
    'company-00001 data_source_anon_key': 'CREDENTIAL_KEY_UNKNOWN',
    'company-00002 data_source_service_key': 'CREDENTIAL_WRONG_TENANT',
    'company-00004 data_source_anon_key': 'CREDENTIAL_FORMAT',
  })
  const missing = (await keyStatus(stage.app.sealedValues, bothKeys)).filter(({ role }) => role === 'missing')
  expect(missing.map(({ keyId, total }) => [keyId, total])).toEqual([
    ['k0', 1],
    [null, 1],
  ])
})

test('a credential that was replaced while it was being sealed anew stays the new one', async () => {
  await using stage = await stageSealedTenants(4)
  const [first] = stage.tenants
  const context = { tenantId: first?.id ?? '', column: 'data_source_anon_key' as const }
  const values = await stage.app.sealedValues.notUnder('k2', { limit: 100 })
  await stage.put('company-00000', 'data_source_anon_key', seal(oldKeys, 'a newer password', context))
  const resealed = values.map((value) => ({ ...value, resealed: reseal(bothKeys, value.sealed, value) }))
  // The row's other value waits for the next pass: a row is replaced as it was read, or not at all.
  expect(await stage.app.sealedValues.replace(operatorName, resealed)).toBe(6)
  await rotateKeys({ sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName })
  const [row] = await stage.rows('data_source_anon_key as sealed')
  expect(open(newKeyOnly, String(row?.['sealed']), context).reveal()).toBe('a newer password')
})

test('secrets of which a tenant has several are sealed anew each in its own row', async () => {
  await using stage = await stageSealedTenants(2)
  const tenantId = stage.tenants[0]?.id ?? ''
  const ids = Array.from({ length: 7 }, () => randomUUID())
  for (const rowId of ids) {
    const sealed = seal(oldKeys, `secret of ${rowId}`, { tenantId, column: 'webhook_secret', rowId })
    await lookInto(
      stage.admin,
      `insert into app.webhook_endpoints (id, tenant_id, url, sealed_secret) values ($1, $2, 'https://example.com', $3)`,
      [rowId, tenantId, sealed],
    )
  }
  const options = { sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName, batchSize: 3 }
  expect(await rotateKeys(options)).toMatchObject({ resealed: 11, remaining: 0 })
  const rows = await lookInto<{ id: string; sealed: string }>(
    stage.admin,
    'select id, sealed_secret as sealed from app.webhook_endpoints',
  )
  for (const { id: rowId, sealed } of rows)
    expect(open(newKeyOnly, sealed, { tenantId, column: 'webhook_secret', rowId }).reveal()).toBe(`secret of ${rowId}`)
  expect(rows.length).toBe(7)
})

test('three operators at once seal each value anew once, and no value is lost', async () => {
  await using stage = await stageSealedTenants(60)
  const runs = await Promise.all(
    ['Olga', 'Omar', 'Oki'].map((name) =>
      rotateKeys({ sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName: name, batchSize: 9 }),
    ),
  )
  expect(runs.map(({ remaining }) => remaining)).toEqual([0, 0, 0])
  expect(runs.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(120)
  await expectAllOpen(stage, newKeyOnly)
})

test('what was stopped after a batch goes on where it was', async () => {
  await using stage = await stageSealedTenants(12)
  const stop = new AbortController()
  const options = { sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName, batchSize: 5 }
  const first = await rotateKeys({ ...options, signal: stop.signal, onProgress: () => stop.abort() })
  expect(first).toMatchObject({ resealed: 5, remaining: 19, isInterrupted: true })
  expect(await rotateKeys(options)).toMatchObject({ resealed: 19, remaining: 0, isInterrupted: false })
  await expectAllOpen(stage, newKeyOnly)
})

test('a dry run says what would be done and writes nothing', async () => {
  await using stage = await stageSealedTenants(3)
  const before = await stage.rows('*')
  const options = { sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName }
  expect(await rotateKeys({ ...options, isDryRun: true })).toMatchObject({ resealed: 6, remaining: 6 })
  expect(await stage.rows('*')).toEqual(before)
})

test('a value that is sealed under the old key behind the rotation is not missed', async () => {
  await using stage = await stageSealedTenants(4)
  const { sealedValues } = stage.app
  let isLate = true
  const rotation = await rotateKeys({
    sealedValues: {
      countByKey: () => sealedValues.countByKey(),
      replace: (name, values) => sealedValues.replace(name, values),
      async notUnder(keyId, page) {
        const values = await sealedValues.notUnder(keyId, page)
        // A process that has not learned of the new key yet.
        if (values.length === 0 && isLate) await stage.put('company-00000', ...anonOf(stage.tenants[0]))
        if (values.length === 0) isLate = false
        return values
      },
    },
    keyring: bothKeys,
    operatorName,
  })
  expect(rotation).toMatchObject({ resealed: 9, remaining: 0 })
  await expectAllOpen(stage, newKeyOnly)
})

test('the version of a data source stays, and the audit log names who sealed it anew, once for each tenant', async () => {
  await using stage = await stageSealedTenants(3)
  await rotateKeys({ sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName })
  expect(await stage.rows('data_source_version as version')).toEqual(Array(3).fill({ version: 1 }))
  const entries = await lookInto(
    stage.admin,
    `select subject, actor_name, detail -> 'columns' as columns from app.audit_log where action = 'tenant.credentials_resealed' order by subject`,
  )
  expect(entries).toEqual(
    ['company-00000', 'company-00001', 'company-00002'].map((subject) => ({
      subject,
      actor_name: operatorName,
      columns: [...columns],
    })),
  )
})

test('only a sealing anew leaves the version alone: another password counts, whatever was announced before', async () => {
  await using stage = await stageSealedTenants(2)
  await rotateKeys({ sealedValues: stage.app.sealedValues, keyring: bothKeys, operatorName })
  await stage.put('company-00000', ...anonOf(stage.tenants[0]))
  expect(await stage.rows('data_source_version as version')).toEqual([{ version: 2 }, { version: 1 }])
})

async function expectAllOpen(stage: Stage, keyring: Keyring): Promise<void> {
  const rows = await stage.rows(['id', 'slug', ...columns].join())
  expect(rows).toHaveLength(stage.tenants.length)
  for (const row of rows) {
    const opened = Object.fromEntries(
      columns.map((column): [SealedColumn, string] => [
        column,
        open(keyring, String(row[column]), { tenantId: String(row['id']), column }).reveal(),
      ]),
    )
    expect(opened).toEqual(secretsOf(String(row['slug'])))
  }
}

function anonOf(tenant: Stage['tenants'][number] | undefined): ['data_source_anon_key', string] {
  return ['data_source_anon_key', tenant?.anon ?? '']
}

function keyText(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64')
}
