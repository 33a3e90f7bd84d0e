import { createCipheriv } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { generateKey, keyringTextOf, parseKeyring } from './keyring.ts'
import { open, reseal, seal, sealedUnder, type CredentialContext } from './seal.ts'
import { Secret } from './secret.ts'

const k1 = Buffer.alloc(32, 1).toString('base64')
const k2 = Buffer.alloc(32, 2).toString('base64')
const both = parseKeyring(`k2:${k2},k1:${k1}`)
const old = parseKeyring(`k1:${k1}`)
const mine: CredentialContext = { tenantId: '01900000-0000-7000-8000-00000000000a', column: 'data_source_anon_key' }

/** Sealed once and kept: a change of the format that cannot open it would lose every stored credential. */
const golden = 't1.k1.H3pxDvWJ.V2Y-ObTN.1VedlTCm.7ThNis9086k-fLDX.Ys6Offsz5aitFNHY--JVpg.XytUJzb8t71X8E8Dx43W'

test('what was sealed opens, and never looks the same twice', () => {
  const sealed = seal(both, 'pa55 wörd', mine)
  expect(open(both, sealed, mine).reveal()).toBe('pa55 wörd')
  expect(seal(both, 'pa55 wörd', mine)).not.toBe(sealed)
  expect(sealed).not.toContain('pa55')
})

test('a rotated keyring still opens what the old key sealed, and seals it again under the new one', () => {
  const sealed = seal(old, 'secret', mine)
  expect(sealedUnder(sealed)).toBe('k1')
  const again = reseal(both, sealed, mine)
  expect(sealedUnder(again)).toBe('k2')
  expect(open(both, again, mine).reveal()).toBe('secret')
})

test('the golden value opens', () => {
  expect(open(old, golden, mine).reveal()).toBe('golden password')
})

test('a value copied to another tenant or column is refused as such', () => {
  const sealed = seal(both, 'secret', mine)
  expect(() => open(both, sealed, { ...mine, tenantId: '01900000-0000-7000-8000-00000000000b' })).toThrow(
    code('CREDENTIAL_WRONG_TENANT'),
  )
  expect(() => open(both, sealed, { ...mine, column: 'data_source_service_key' })).toThrow(
    code('CREDENTIAL_WRONG_COLUMN'),
  )
})

test('another key under the same id, and an unknown id, are refused as such', () => {
  const sealed = seal(both, 'secret', mine)
  expect(() => open(parseKeyring(`k2:${k1}`), sealed, mine)).toThrow(code('CREDENTIAL_WRONG_KEY'))
  expect(() => open(old, sealed, mine)).toThrow(code('CREDENTIAL_KEY_UNKNOWN'))
})

test('no character of a sealed value can be changed without refusal', () => {
  const sealed = seal(both, 'secret', mine)
  for (let at = 0; at < sealed.length; at++) {
    const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(() => open(both, altered, mine)).toThrow(/credential/)
  }
})

test('a flipped bit, a short tag, an unknown version and plain text are each refused by their own code', () => {
  const parts = seal(both, 'secret', mine).split('.')
  const last = Buffer.from(parts[7] ?? '', 'base64url')
  last.writeUInt8(last.readUInt8(0) ^ 1, 0)
  expect(() => open(both, parts.with(7, last.toString('base64url')).join('.'), mine)).toThrow(
    code('CREDENTIAL_TAMPERED'),
  )
  const short = Buffer.from(parts[6] ?? '', 'base64url')
    .subarray(0, 4)
    .toString('base64url')
  expect(() => open(both, parts.with(6, short).join('.'), mine)).toThrow(code('CREDENTIAL_TAG'))
  expect(() => open(both, parts.with(0, 't9').join('.'), mine)).toThrow(code('CREDENTIAL_VERSION'))
  expect(() => open(both, 'plain password', mine)).toThrow(code('CREDENTIAL_FORMAT'))
})

test('the legacy form opens with the key named legacy, or with any key when none is so named', () => {
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 1), Buffer.alloc(16, 7))
  const text = Buffer.concat([cipher.update('old one'), cipher.final()])
  const parts = [Buffer.alloc(16, 7), cipher.getAuthTag(), text].map((part) => part.toString('base64'))
  const sealed = parts.join(':')
  expect(open(both, sealed, mine).reveal()).toBe('old one')
  expect(open(parseKeyring(`k2:${k2},legacy:${k1}`), sealed, mine).reveal()).toBe('old one')
  expect(() => open(parseKeyring(`k1:${k1},legacy:${k2}`), sealed, mine)).toThrow(code('CREDENTIAL_WRONG_KEY'))
  const short = cipher.getAuthTag().subarray(0, 4).toString('base64')
  expect(() => open(both, parts.with(1, short).join(':'), mine)).toThrow(code('CREDENTIAL_TAG'))
})

test('an unusable key is refused with the command that makes one, and without the key', () => {
  for (const text of ['', 'k1', 'k1:AAAA', `k1:${k1},k1:${k2}`, `k1:${k1.slice(0, -1)}!`]) {
    expect(() => parseKeyring(text)).toThrow(/pnpm tenantry keys generate$/)
  }
  expect(() => parseKeyring('k1:c2VjcmV0')).not.toThrow(/c2VjcmV0/)
  expect(parseKeyring(`k3:${generateKey()}`).primaryKeyId).toBe('k3')
})

test('a file of keys holds one in each line, the newest first, with remarks', () => {
  const file = `# rotated in spring\nk2:${k2}  # since 2026-04-01\n\n  k1:${k1}\n`
  expect(keyringTextOf(file)).toBe(`k2:${k2},k1:${k1}`)
  expect(parseKeyring(keyringTextOf(file)).ids).toEqual(['k2', 'k1'])
  expect(() => parseKeyring(keyringTextOf('# nothing yet\n'))).toThrow(code('CREDENTIAL_KEY_INVALID'))
})

test('a secret prints nothing of itself', () => {
  const secret = new Secret('hunter2')
  expect(
    [`${String(secret)}`, JSON.stringify({ secret }), inspect({ secret }, { depth: 9, showHidden: true })].join(),
  ).not.toContain('hunter2')
  expect(secret.reveal()).toBe('hunter2')
})

function code(expected: string): Error {
  return expect.objectContaining({ code: expected }) as Error
}
