import { TenantryError } from '@tenantry/errors'
import { expect, test } from 'vitest'
import { isFinal, wordOf } from './mail-failures.ts'

const refusal = { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }
const later = { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }

test('a server that refuses for good is not asked again, one that is busy or away is', () => {
  expect([refusal, later, { code: 'ECONNREFUSED' }].map(isFinal)).toEqual([true, false, false])
})

test('a key or a document that is gone ends a mail, a database that is away does not', () => {
  const codes = ['CREDENTIAL_KEY_UNKNOWN', 'NOT_FOUND', 'TENANT_DATABASE_UNREACHABLE'] as const
  expect(codes.map((code) => isFinal(new TenantryError(code)))).toEqual([true, true, false])
})

test('what is written down is a word and a number, and never what a server says', () => {
  const quoting = { code: 'no such user ada@example.com', message: '550 no such user ada@example.com' }
  expect([refusal, { code: 'ECONNREFUSED' }, quoting].map(wordOf)).toEqual(['EENVELOPE 550', 'ECONNREFUSED', 'FAILED'])
})
