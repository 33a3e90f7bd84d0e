import { TenantryError } from '@tenantry/errors'
import { expect, it, vi } from 'vitest'
import { nextAuthOptionsFor } from './next-auth-options.ts'

const logger = { warn: vi.fn<(fields: object, message: string) => void>() }

it('shows the page a code and a number, whatever was wrong', async () => {
  expect(await refusal(new TenantryError('SIGN_IN_FAILED'))).toBeNull()
  await expect(refusal(new TenantryError('SIGN_IN_THROTTLED', { retryAfterSeconds: 42 }))).rejects.toThrow(
    /^SIGN_IN_THROTTLED:42$/,
  )
  await expect(refusal(new TenantryError('CONNECTION_REFUSED'))).rejects.toThrow(/^APP_DATABASE_UNAVAILABLE:2$/)
  await expect(refusal(new Error('password of ada is hunter2'))).rejects.toThrow(/^INTERNAL:$/)
})

it('logs what could not be served, and nothing about people who mistype', async () => {
  logger.warn.mockClear()
  await refusal(new TenantryError('SIGN_IN_FAILED'))
  await refusal(new TenantryError('SIGN_IN_THROTTLED')).catch(() => undefined)
  expect(logger.warn).not.toHaveBeenCalled()
  await refusal(new TenantryError('CONNECTION_LOST')).catch(() => undefined)
  expect(logger.warn).toHaveBeenCalledOnce()
})

/** Asks the provider as next-auth does; our `authorize` is among the options it was made with. */
async function refusal(thrown: Error): Promise<unknown> {
  const { providers } = nextAuthOptionsFor({
    sessionSecret: 'x'.repeat(32),
    origin: 'https://crm.example.com',
    trustedProxyHops: 1,
    logger,
    signIn: () => Promise.reject(thrown),
    end: () => Promise.resolve(),
  })
  const [provider] = providers as { options?: { authorize: (given: object, request: object) => Promise<unknown> } }[]
  return provider?.options?.authorize({ email: 'ada@example.com', password: 'hunter2' }, { headers: {} })
}
