import { describe, expect, it } from 'vitest'
import { codeOf, isDatabaseAway, requestIdOf } from './error-code.ts'

describe('the code of a failed call', () => {
  it('is read from the answer', () => {
    const error = { data: { code: 'STALE_WRITE', requestId: 'r1' } }
    expect(codeOf(error)).toBe('STALE_WRITE')
    expect(requestIdOf(error)).toBe('r1')
  })
  it('is undefined when the request did not reach the API', () => {
    expect(codeOf(new TypeError('fetch failed'))).toBeUndefined()
    expect(codeOf({ data: { code: 'MADE_UP' } })).toBeUndefined()
  })
  it('tells a database that is away from a refusal', () => {
    expect(isDatabaseAway({ data: { code: 'TENANT_DATABASE_UNREACHABLE' } })).toBe(true)
    expect(isDatabaseAway({ data: { code: 'FORBIDDEN' } })).toBe(false)
  })
})
