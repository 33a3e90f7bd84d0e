import { expect, test } from 'vitest'
import { scramVerifier, scramVerifierAhead } from './scram-verifier.ts'

test('a verifier is what Postgres itself makes of the password', () => {
  // `create role … password 'pencil'` under the salt and count of RFC 7677's example.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

test('one that was made ahead is the same', async () => {
  const ahead = await scramVerifierAhead('pencil')
  const [, count = '', salt = ''] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(ahead) ?? []
  expect(ahead).toBe(scramVerifier('pencil', Buffer.from(salt, 'base64'), Number(count)))
})
