import { withAdminConnection } from '@tenantry/connections/admin'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const evidence = 'delete from crm.attachments where is_evidence'
const changed = (values: string) => `update crm.attachments set ${values} where is_evidence`

describe.each([
  ['dedicated', 1],
  ['shared', 2],
] as const)('the file of a signed contract in a %s database', (_, tenants) => {
  let database: TenantDatabase

  beforeAll(async () => {
    database = await createTenantDatabase(mainServer(), tenants)
    for (const { app } of database.tenants)
      await withAdminConnection(app, (run) =>
        run(`
          with account as (insert into crm.accounts (name) values ('Lumen') returning id),
            file as (
              insert into crm.attachments (file_name, storage_key, byte_size, media_type, sha256, state, is_evidence)
              values ('signed.pdf', 'attachments/signed', 7, 'application/pdf', '\\x01', 'ready', true) returning id)
          insert into crm.contracts (number, title, account_id, body_html, body_sha256, signed_pdf_attachment_id)
            select 'C-1', 'Signed', account.id, '', '\\x01', file.id from account, file`),
      )
  })
  afterAll(() => database.drop())

  /** The login that serves requests, and the one that migrates, which acts as the owner of the tables. */
  describe.each(['app', 'service'] as const)('of the %s login', (login) => {
    test.each([
      ['deleted', evidence, 'attachments_evidence'],
      ['deleted with all others', 'delete from crm.attachments', 'attachments_evidence'],
      ['put into the bin', changed('deleted_at = now()'), 'attachments_evidence'],
      ['made into no evidence', changed('is_evidence = false'), 'attachments_evidence'],
      ['given other bytes', changed(`storage_key = 'attachments/other'`), 'attachments_evidence'],
      ['given another hash', changed(`sha256 = '\\x02'`), 'attachments_evidence'],
      ['forgotten', 'update crm.contracts set signed_pdf_attachment_id = null', 'contracts_signed_file'],
    ])('it is not %s', async (_what, statement, constraint) => {
      const [tenant] = database.tenants
      if (!tenant) throw new Error('a tenant was asked for')
      const before = await kept()
      await expect(withAdminConnection(tenant[login], (run) => run(statement))).rejects.toMatchObject({
        detail: { sqlstate: '23514', constraint },
      })
      expect(await kept()).toEqual(before)
      expect(before).toHaveLength(tenants)
    })

    test('its triggers are not switched off for a session', async () => {
      const [tenant] = database.tenants
      if (!tenant) throw new Error('a tenant was asked for')
      await expect(
        withAdminConnection(tenant[login], (run) => run('set session_replication_role = replica')),
      ).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
    })
  })

  test('it goes with its tenant, when whoever removes one deletes all of their rows', async () => {
    const [{ tenantIdInDataSource } = { tenantIdInDataSource: '' }] = database.tenants
    for (const table of ['contracts', 'attachments'])
      await withAdminConnection(database.admin, (run) =>
        run(`delete from crm.${table} where tenant_id = '${tenantIdInDataSource}'`),
      )
    expect(await kept()).toHaveLength(tenants - 1)
  })

  /** All that is known of the files, as the superuser sees it. */
  function kept() {
    return withAdminConnection(database.admin, (run) =>
      run(`select a::text as file, c.number from crm.attachments a
        join crm.contracts c on c.tenant_id = a.tenant_id and c.signed_pdf_attachment_id = a.id order by 1`),
    )
  }
})
