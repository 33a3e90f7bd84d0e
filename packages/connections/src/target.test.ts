import { isTenantryError } from '@tenantry/errors'
import { expect, test } from 'vitest'
import { parseTarget, urlOf, type Target } from './target.ts'

test.each([
  ['postgres://db.example.com/crm', { host: 'db.example.com', port: 5432, database: 'crm', tls: 'verify-full' }],
  [
    'postgresql://robin:p%40ss%2Fword@db.example.com:6432/crm?sslmode=disable',
    { host: 'db.example.com', port: 6432, database: 'crm', tls: 'off', user: 'robin', password: 'p@ss/word' },
  ],
  ['postgres://[::1]:5433/a%20b?sslmode=verify-full', { host: '::1', port: 5433, database: 'a b', tls: 'verify-full' }],
])('%s is read into fields', (url, target) => {
  expect(parseTarget(url)).toEqual(target)
})

test.each([
  ['another protocol', 'mysql://secret:secret@db/crm'],
  ['no URL at all', 'host=db dbname=crm password=secret'],
  ['no database', 'postgres://secret@db'],
  ['two databases', 'postgres://secret@db/crm/other'],
  ['two hosts', 'postgres://secret@db1,db2/crm'],
  ['a socket path', 'postgres://secret@%2Fvar%2Frun/crm'],
  ['no host', 'postgres:///crm?secret'],
  ['a setting of the session', 'postgres://secret@db/crm?tenantry.tenant_id=theirs'],
  ['an option of the driver', 'postgres://secret@db/crm?max=1000'],
  ['options of the server', 'postgres://secret@db/crm?options=-c%20role%3Dpostgres'],
  ['TLS that accepts every certificate', 'postgres://secret@db/crm?sslmode=require'],
  ['two TLS modes', 'postgres://secret@db/crm?sslmode=verify-full&sslmode=disable'],
  ['a fragment', 'postgres://secret@db/crm#x'],
  ['a zero byte', 'postgres://secret%00@db/crm'],
  ['a broken escape', 'postgres://secret%zz@db/crm'],
])('%s is refused, and the refusal does not repeat the URL', (_name, url) => {
  const refusal = caught(() => parseTarget(url))
  expect(isTenantryError(refusal, 'CONFIGURATION_INVALID')).toBe(true)
  expect(`${String(refusal)} ${JSON.stringify(refusal)}`).not.toMatch(/secret|theirs/)
})

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('what a target is written as is read as that target', () => {
  const plain: Target = { host: 'db', port: 5432, database: 'crm', user: 'robin', password: () => 'red', tls: 'off' }
  const odd: Target = {
    ...plain,
    host: '::1',
    database: 'a b?',
    user: 'r@b:in',
    password: () => 'p@ss/w%3Frd#',
    tls: 'verify-full',
  }
  for (const target of [plain, odd])
    expect(parseTarget(urlOf(target))).toEqual({ ...target, password: target.password() })
  expect(() => urlOf({ ...plain, tls: { ca: 'red' } })).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
  )
})
