import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { createContext } from './context.ts'
import { createCallerFactory } from './router.ts'
import type { Services } from './services.ts'
import { appRouter } from '../router.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'

test('a conflict inside a mutation is thrown inside its transaction, as the repository threw it', async () => {
  const conflict = new TenantryError('CONFLICT')
  const { call, opened } = stage({ fails: conflict })
  expect(await codeOf(call.accounts.patch({ id, version: 1, patch: { name: 'Acme' } }))).toBe('CONFLICT')
  expect(opened).toEqual([{ kind: 'tenant writer', endedWith: conflict }])
})

test('a mutation of one statement is opened as one', async () => {
  const { call, opened } = stage({ fails: new TenantryError('CONFLICT') })
  expect(await codeOf(call.accounts.create({ name: 'Acme' }))).toBe('CONFLICT')
  expect(opened).toMatchObject([{ kind: 'tenant statement' }])
})

test('a failure of the application database is thrown inside its transaction', async () => {
  const conflict = new TenantryError('CONFLICT')
  const { call, opened } = stage({ fails: conflict })
  expect(await codeOf(call.members.setRole({ userId: id, role: 'admin' }))).toBe('CONFLICT')
  expect(opened).toEqual([{ kind: 'application transaction', endedWith: conflict }])
})

test('a failing read tells the data source, which may have to give up the connection', async () => {
  const lost = new TenantryError('TENANT_DATABASE_UNREACHABLE', { retryAfterSeconds: 3 })
  const { call, opened } = stage({ fails: lost })
  expect(await codeOf(call.accounts.byId({ id }))).toBe('TENANT_DATABASE_UNREACHABLE')
  expect(opened).toEqual([{ kind: 'tenant reader', endedWith: lost }])
})

test('no database is opened for somebody who may not, or for an input that breaks its contract', async () => {
  const asked: [ErrorCode, Partial<Staged>, (call: Call) => Promise<unknown>][] = [
    ['NOT_SIGNED_IN', { session: null }, (call) => call.accounts.byId({ id })],
    ['NO_TENANT', { session: { tenant: null, role: null, grant: null } }, (call) => call.accounts.byId({ id })],
    [
      'TENANT_ARCHIVED',
      { session: { tenant: { id, status: 'archived' }, grant: null } },
      (call) => call.accounts.byId({ id }),
    ],
    ['FORBIDDEN', { session: { role: 'read_only' } }, (call) => call.accounts.create({ name: 'Acme' })],
    ['FORBIDDEN', { session: { role: 'member' } }, (call) => call.members.setRole({ userId: id, role: 'owner' })],
    [
      'TENANT_SUSPENDED',
      { session: { tenant: { id, status: 'suspended' } } },
      (call) => call.accounts.create({ name: 'Acme' }),
    ],
    [
      'TENANT_SUSPENDED',
      { session: { tenant: { id, status: 'suspended' } } },
      (call) => call.members.setRole({ userId: id, role: 'owner' }),
    ],
    ['BAD_INPUT', {}, (call) => call.accounts.create({ name: '' })],
  ]
  for (const [code, staged, ask] of asked) {
    const { call, opened } = stage(staged)
    expect([code, await codeOf(ask(call)), opened]).toEqual([code, code, []])
  }
})

test('a suspended tenant is still read', async () => {
  const { call, opened } = stage({ session: { tenant: { id, status: 'suspended' } } })
  await call.accounts.byId({ id })
  expect(opened).toEqual([{ kind: 'tenant reader' }])
})

test('a page rendered for another tenant is told to reload before anything is read, and its sign-out still works', async () => {
  const { call, opened } = stage({ assertedTenantId: '01890a5d-0000-774b-bcce-b302099a8057' })
  expect(await codeOf(call.accounts.byId({ id }))).toBe('TENANT_CHANGED')
  expect(await codeOf(call.members.list())).toBe('TENANT_CHANGED')
  expect(opened).toEqual([])
  await call.session.signOut()
})

test('a failure of the application database, and only that, is called so', async () => {
  const { call } = stage({ fails: new TenantryError('CONNECTION_LOST', { retryAfterSeconds: 7 }) })
  const error = await call.members.list().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ cause: { code: 'APP_DATABASE_UNAVAILABLE', retryAfterSeconds: 7 } })
})

test('a caller on the server gets the public sentence, never the one of the failure', async () => {
  const { call } = stage({ fails: new Error('insert into crm.accounts (name) values (hunter2)') })
  const error = await call.accounts.byId({ id }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TRPCError)
  expect((error as TRPCError).message).toBe('Something went wrong on our side.')
})

test('nothing that a context carries gives its services away, whichever key it is looked for under', () => {
  const given = { auth: {}, appDb: {}, dataSources: {}, memberProjection: {}, logger: {} } as unknown as Services
  const context = createContext(given, { requestId: 'r1', cookieHeader: undefined, assertedTenantId: undefined })
  const carried = Reflect.ownKeys(context).map((key) => context[key as keyof typeof context])
  expect(carried).not.toContain(given)
  // What it says of the request is text.
  const inside = carried
    .filter((one) => typeof one === 'object')
    .flatMap((one): unknown[] => {
      const held = one as unknown as Record<PropertyKey, unknown>
      return Reflect.ownKeys(one).map((key) => held[key])
    })
  expect(inside.filter((one) => one !== undefined && typeof one !== 'string')).toEqual([])
})

interface Staged {
  session: { tenant?: { id: string; status: string } | null; role?: string | null; grant?: object | null } | null
  fails: Error
  assertedTenantId: string
}
type Call = ReturnType<ReturnType<typeof createCallerFactory<(typeof appRouter)['_def']['record']>>>

/** One signed-in owner, and databases that only note how they were opened and how the work on them ended. */
function stage({ session = {}, fails, assertedTenantId }: Partial<Staged>) {
  const opened: { kind: string; endedWith?: unknown }[] = []
  const answer = async () => {
    if (fails !== undefined) throw fails
    return {}
  }
  const anyRepository = new Proxy({}, { get: () => answer })
  const anyHandle = new Proxy({}, { get: () => anyRepository })
  const open =
    (kind: string) =>
    async (...given: unknown[]) => {
      const note: { kind: string; endedWith?: unknown } = { kind }
      opened.push(note)
      const work = given.find((one) => typeof one === 'function') as (db: object) => Promise<unknown>
      return work(anyHandle).catch((error: unknown) => {
        note.endedWith = error
        throw error
      })
    }
  const signedIn = { user: { id, name: 'Ada' }, tenant: { id, status: 'active' }, role: 'owner', grant: {}, ...session }
  // The real handles cannot be made without a database; these tests are about what happens around them.
  const services = {
    auth: { readSession: async () => (session === null ? null : signedIn), signOut: async () => undefined },
    appDb: new Proxy(
      {},
      { get: (_, name) => (name === 'transaction' ? open('application transaction') : anyRepository) },
    ),
    dataSources: {
      withTenant: open('tenant reader'),
      withTenantWriter: open('tenant writer'),
      withTenantStatement: open('tenant statement'),
    },
    memberProjection: { refresh: async () => undefined, refreshIfDue: () => undefined },
    logger: { error: () => undefined, warn: () => undefined },
  } as unknown as Services
  const context = createContext(services, { requestId: 'r1', cookieHeader: 'session=ada', assertedTenantId })
  return { call: createCallerFactory(appRouter)(context), opened }
}

async function codeOf(answer: Promise<unknown>): Promise<ErrorCode | 'ok'> {
  try {
    await answer
    return 'ok'
  } catch (error) {
    const { cause } = error as TRPCError
    if (!isTenantryError(cause)) throw error
    return cause.code
  }
}
