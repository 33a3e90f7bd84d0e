import { expect, test } from 'vitest'
import { errorCodes, isErrorCode } from './codes.ts'
import { isTenantryError, TenantryError } from './tenantry-error.ts'

test('an error speaks the public sentence of its code unless it is given one', () => {
  expect(new TenantryError('NOT_FOUND').message).toBe(errorCodes.NOT_FOUND.message)
  expect(new TenantryError('NOT_FOUND', { message: 'No such account.' }).message).toBe('No such account.')
})

test('an error is recognised by its brand, and by its code when one is asked for', () => {
  const error = new TenantryError('STALE_WRITE', { data: { changed: ['name'] } })
  expect(isTenantryError(error)).toBe(true)
  expect(isTenantryError(error, 'STALE_WRITE')).toBe(true)
  expect(isTenantryError(error, 'NOT_FOUND')).toBe(false)
  expect(isTenantryError(new Error('STALE_WRITE'))).toBe(false)
  expect(error.status).toBe(409)
})

test('a refusal among very many carries no stack, and leaves those of others alone', () => {
  const refusal = new TenantryError('DATABASE_BUSY', { stack: 'none' })
  expect(refusal.stack).not.toContain('tenantry-error.test.ts')
  expect(new TenantryError('DATABASE_BUSY').stack).toContain('tenantry-error.test.ts')
})

test('a code is known or it is not; inherited names are not codes', () => {
  expect(isErrorCode('FORBIDDEN')).toBe(true)
  expect(isErrorCode('toString')).toBe(false)
})
