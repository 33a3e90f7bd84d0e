import { TenantryError } from '@tenantry/errors'
import { expect, test } from 'vitest'
import { isFinal, isUnknownRecipient, wordOf } from './mail-failures.ts'

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

test('nobody reads an address when its server says so by a code about mailboxes, not when it refuses for another reason', () => {
  const said = (response: string) => isUnknownRecipient({ ...refusal, response })
  const unknown = ['550 5.1.1 no such user', '550-5.1.1 no such user', '553 5.1.3 bad address', '550 5.2.1 disabled']
  expect(unknown.map(said)).toEqual([true, true, true, true])
  const other = ['550 5.7.1 blocked', '550 blocked by a list', '552 5.2.2 full', '451 4.1.1 later', '550 5.1.1']
  expect(other.map(said)).toEqual([false, false, false, false, true])
  expect(isUnknownRecipient({ command: 'DATA', response: '550 5.1.1 no such user' })).toBe(false)
})
