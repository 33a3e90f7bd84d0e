import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { indexProcedures } from './procedure-index.ts'
import { appRouter } from './router.ts'

test('every procedure of the router asks for a permission', () => {
  const index = indexProcedures(appRouter)
  expect(index.get('accounts.create')).toMatchObject({ type: 'mutation', permission: 'records.write' })
  expect(index.get('accounts.list')).toMatchObject({ type: 'query', permission: 'records.see' })
  for (const [path, { permission }] of index) expect([path, permission]).toEqual([path, expect.any(String)])
})

test('every procedure says what it answers with, beside those by which a company and its sign-ins are kept', () => {
  const silent = [...indexProcedures(appRouter)].filter(([, { output }]) => output === undefined)
  const routers = new Set(silent.map(([path]) => path.split('.')[0]))
  expect([...routers].toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    'members',
    'operator',
    'session',
    'support',
    'tenant',
  ])
})

test('a router with a procedure that asks for no permission cannot be served', () => {
  const t = initTRPC.create()
  expect(() => indexProcedures(t.router({ open: t.procedure.query(() => 1) }))).toThrow(
    'The procedure open asks for no permission.',
  )
})
