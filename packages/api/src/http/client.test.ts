import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppRouter } from '../router.ts'
import { serveSession, type SessionServer } from './session-server.fixture.ts'

let server: SessionServer
beforeAll(async () => {
  server = await serveSession()
})
afterAll(() => server.close())

const headers = { cookie: 'session=ada' }
const unbatched = () =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: `http://127.0.0.1:${server.port}/api/trpc`, headers })] })
const batched = () =>
  createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `http://127.0.0.1:${server.port}/api/trpc`, headers })] })

test('a client that sends calls one by one is understood', async () => {
  expect((await unbatched().session.view.query()).user.name).toBe('Ada')
  await expect(unbatched().session.signOut.mutate()).resolves.toBeUndefined()
})

test('a client that batches is understood: each call gets its own answer', async () => {
  const client = batched()
  const [view, list] = await Promise.allSettled([client.session.view.query(), client.session.list.query()])
  expect(view).toMatchObject({ status: 'fulfilled', value: { user: { name: 'Ada' } } })
  expect(list).toMatchObject({ status: 'rejected', reason: { data: { code: 'INTERNAL' } } })
  await expect(Promise.all([client.session.signOut.mutate(), client.session.signOut.mutate()])).resolves.toHaveLength(2)
})

test('an error of the whole request reaches every call of the batch', async () => {
  const client = batched()
  const calls = Array.from({ length: 21 }, () => client.session.view.query().catch((error: unknown) => error))
  for (const error of await Promise.all(calls)) {
    expect(error).toBeInstanceOf(TRPCClientError)
    expect(error).toMatchObject({ data: { code: 'BATCH_TOO_LARGE', httpStatus: 413 } })
  }
})

test('a refused input tells the client which field and why', async () => {
  const wrong = { tenantId: 'not-an-id' } as { tenantId: string }
  await expect(unbatched().session.switchTenant.mutate(wrong)).rejects.toMatchObject({
    message: 'The request is not valid.',
    data: { code: 'BAD_INPUT', data: { fields: { tenantId: [expect.any(String)] } } },
  })
})
