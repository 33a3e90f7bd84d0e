import { expect, it } from 'vitest'
import { readEnv } from './env.ts'

const good = {
  APP_DATABASE_URL: 'postgres://app:secret@localhost/tenantry',
  TENANTRY_KEYS: 'k1:a2V5',
  SESSION_SECRET: 'x'.repeat(32),
  APP_ORIGIN: 'https://crm.example.com',
}

it('needs four variables and fills in the rest', () => {
  expect(readEnv(good)).toMatchObject({
    ...good,
    NODE_ENV: 'development',
    PORT: 3000,
    LOG_LEVEL: 'info',
    TRUSTED_PROXY_HOPS: 0,
  })
})

it('says for every variable that is missing what to do', () => {
  const message = messageOf({})
  for (const name of Object.keys(good)) expect(message).toContain(`${name}: It is missing.`)
  expect(message).toContain('pnpm tenantry keys generate')
  expect(message).toContain('openssl rand -base64 32')
})

it('says what is wrong without repeating a secret', () => {
  expect(messageOf({ ...good, SESSION_SECRET: 'short-secret' })).toMatch(/at least 32 characters/)
  expect(messageOf({ ...good, SESSION_SECRET: 'short-secret' })).not.toContain('short-secret')
  expect(messageOf({ ...good, APP_ORIGIN: 'https://crm.example.com/' })).toMatch(/only scheme, host and port/)
  expect(messageOf({ ...good, TENANTRY_KEYS: 'c2VjcmV0' })).toMatch(/id:base64/)
})

function messageOf(environment: Record<string, string>): string {
  try {
    readEnv(environment)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}
