import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { router } from './procedures/router.ts'
import { signedInProcedure } from './procedures/signed-in.ts'
import { indexProcedures } from './procedure-index.ts'
import { appRouter } from './router.ts'

test('every procedure of the router asks for a permission', () => {
  const index = indexProcedures(appRouter)
  expect(index.get('accounts.create')).toMatchObject({ type: 'mutation', permission: 'records.write' })
  expect(index.get('accounts.list')).toMatchObject({ type: 'query', permission: 'records.see' })
  for (const [path, { permission }] of index) expect([path, permission]).toEqual([path, expect.any(String)])
})

test('a router with a procedure that asks for no permission cannot be served', () => {
  const t = initTRPC.create()
  expect(() => indexProcedures(t.router({ open: t.procedure.query(() => 1) }))).toThrow(
    'The procedure open asks for no permission.',
  )
})

test('a router with a procedure that does not say what it answers with cannot be served', () => {
  const own = signedInProcedure.meta({ permission: 'self' })
  const says = router({ number: own.output(z.number()).query(() => 1) })
  expect([...indexProcedures(says).keys()]).toEqual(['number'])
  expect(() => indexProcedures(router({ mute: own.query(() => 1) }))).toThrow(
    'The procedure mute does not say what it answers with: give it .output(schema), or .output(z.void()).',
  )
})
