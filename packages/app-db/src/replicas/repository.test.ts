import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOperator } from '../operator.fixture.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(() => stage.close())

const url = 'postgres://replica.example:5433/acme?sslmode=disable'
const versionOf = async (slug: string) => (await stage.db.tenants.findForOperator(slug))?.dataSourceVersion ?? 0

test('a replica that is added or removed makes every process read the data source again, and stands in the audit log', async () => {
  const before = await versionOf('acme')
  await stage.replicas.add('ines', 'acme', { url, region: 'far' })
  expect(await versionOf('acme')).toBe(before + 1)
  expect(await stage.replicas.list('acme')).toEqual([
    { slug: 'acme', url, region: 'far', address: 'replica.example:5433' },
  ])
  expect(await stage.replicas.list('bloom')).toEqual([])
  await stage.replicas.remove('ines', 'acme', 'replica.example:5433')
  expect(await versionOf('acme')).toBe(before + 2)
  expect(await stage.replicas.list()).toEqual([])
  const { rows } = await (await stage.operatorDb()).tenantAudit.list({ slug: 'acme', limit: 2 })
  expect(rows).toMatchObject([
    { action: 'tenant.replicas_changed', actorName: 'ines', detail: { removed: 'replica.example:5433' } },
    { action: 'tenant.replicas_changed', detail: { added: 'replica.example:5433', region: 'far' } },
  ])
})

test.each([
  ['holds a password', 'postgres://reader:s3cret@replica.example:5433/acme'],
  ['names a role', 'postgres://reader@replica.example:5433/acme'],
  ['names another database', 'postgres://replica.example:5433/bloom'],
  ['is no address', 's3cret'],
])('an address that %s is refused without being repeated', async (_, wrong) => {
  const attempt = stage.replicas.add('ines', 'acme', { url: wrong, region: 'far' })
  await expect(attempt).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: expect.not.stringContaining('s3cret') as string,
  })
  expect(await stage.replicas.list('acme')).toEqual([])
})

test('the same server is no second replica, whatever its address says beside it, and none is removed that is not there', async () => {
  await stage.replicas.add('ines', 'acme', { url, region: 'far' })
  const again = { url: 'postgres://replica.example:5433/acme', region: 'near' }
  await expect(stage.replicas.add('ines', 'acme', again)).rejects.toMatchObject({ code: 'CONFLICT' })
  for (const [slug, address] of [
    ['acme', 'replica.example:5434'],
    ['bloom', 'replica.example:5433'],
    ['nobody', 'replica.example:5433'],
  ] as const) {
    await expect(stage.replicas.remove('ines', slug, address)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
  expect(await stage.replicas.list()).toHaveLength(1)
})
