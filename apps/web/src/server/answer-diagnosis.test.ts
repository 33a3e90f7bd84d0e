import { unknownConnection, type ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { TenantryError } from '@tenantry/errors'
import { expect, it, vi } from 'vitest'
import { answerDiagnosis } from './answer-diagnosis.ts'

const asked = (headers: Record<string, string> = {}) => new Request('https://crm.example.com/', { headers })
const shapeOf = async (answer: Response) => Object.keys((await answer.json()) as object)

it('has one shape, whether the diagnosis was made, refused or broke', async () => {
  const made = await answerDiagnosis(asked(), async () => unknownConnection([]))
  const refused = await answerDiagnosis(asked(), () =>
    Promise.reject(new Error('trpc', { cause: new TenantryError('FORBIDDEN') })),
  )
  const broken = await answerDiagnosis(asked(), () => Promise.reject(new Error('secret detail')))
  expect([made.status, refused.status, broken.status]).toEqual([200, 403, 500])
  const shape = await shapeOf(made)
  expect(shape).toContain('canQuery')
  expect(await shapeOf(refused)).toEqual(shape)
  expect(await broken.text()).not.toContain('secret')
})

it('says when to come back to whoever asks too often', async () => {
  const throttled = new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: 42 })
  const answer = await answerDiagnosis(asked(), () => Promise.reject(new Error('trpc', { cause: throttled })))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '42'])
  expect(await answer.json()).toMatchObject({
    success: false,
    diagnostics: [{ code: 'TOO_MANY_REQUESTS', whatToDo: expect.stringContaining('retryAfterSeconds') as string }],
  })
})

it('is not made for a page of another site, be it a link or a script', async () => {
  const diagnose = vi.fn<() => Promise<ConnectionDiagnosis>>(async () => unknownConnection([]))
  for (const site of ['cross-site', 'same-site']) {
    const answer = await answerDiagnosis(asked({ 'sec-fetch-site': site }), diagnose)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ success: false, diagnostics: [{ code: 'CROSS_SITE_REQUEST' }] })
  }
  expect(diagnose).not.toHaveBeenCalled()
  for (const site of ['none', 'same-origin']) {
    expect((await answerDiagnosis(asked({ 'sec-fetch-site': site }), diagnose)).status).toBe(200)
  }
})
