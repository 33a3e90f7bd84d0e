import { TenantryError } from '@tenantry/errors'
import { expect, test } from 'vitest'
import { childLogger, openLogger } from './logger.ts'

test('no secret, connection string, statement or value reaches the log by any way in', () => {
  const { lines, logger } = listen()
  const url = 'postgres://app:hunter2@db.example:5432/crm'
  const foreign = new Error('Failed query: select 1 params: hunter2')
  logger.info({ password: 'hunter2', nested: { data_source_anon_key: 'hunter2', note: url } }, `connecting to ${url}`)
  logger.error(foreign)
  logger.error({
    err: new TenantryError('DATABASE_ERROR', { detail: { sqlstate: '42P01', sql: 'hunter2' }, cause: foreign }),
  })
  logger.info('dialing host=db.example.org password=hunter2 dbname=crm')
  logger.info({ dsn: 'hunter2', connectionString: 'hunter2', private_key: 'hunter2' })
  childLogger(logger, { token: 'hunter2', tenant: 'acme' }).warn('done')
  expect(lines).toHaveLength(6)
  expect(lines.join('')).not.toMatch(/hunter2|db\.example:|Failed query/)
})

test('an error is logged as its code, its detail and the codes of its causes', () => {
  const { lines, logger } = listen()
  const cause = new TenantryError('CONNECTION_REFUSED', { detail: { reason: 'login' } })
  logger.error({ err: new TenantryError('TENANT_DATABASE_REFUSED', { cause }) }, 'refused')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'refused',
    err: { code: 'TENANT_DATABASE_REFUSED', cause: { code: 'CONNECTION_REFUSED', detail: { reason: 'login' } } },
  })
})

function listen() {
  const lines: string[] = []
  return { lines, logger: openLogger({ destination: { write: (line: string) => void lines.push(line) } }) }
}
