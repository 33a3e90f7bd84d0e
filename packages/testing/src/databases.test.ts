import { withAdminConnection } from '@tenantry/connections/admin'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import type { Target } from '@tenantry/connections/target'
import { expect, test } from 'vitest'
import { createDatabase } from './databases.ts'

test('two databases of one template have its tables and share nothing', async () => {
  const template = {
    key: 'two databases of one template',
    prepare: (admin: Target) => ask(admin, 'create table notes (body text)').then(() => undefined),
  }
  await using first = await createDatabase(mainServer(), { template })
  await using second = await createDatabase(mainServer(), { template })
  await ask(first.admin, `insert into notes values ('only here')`)
  expect(await ask(first.admin, 'select body from notes')).toHaveLength(1)
  expect(await ask(second.admin, 'select body from notes')).toHaveLength(0)
})

test('a template is prepared once, however many ask for it at the same time', async () => {
  let prepared = 0
  const template = {
    key: 'prepared once',
    prepare: async (admin: Target) => {
      prepared += 1
      await ask(admin, 'create table once (id int)')
    },
  }
  const databases = await Promise.all([1, 2, 3, 4].map(() => createDatabase(mainServer(), { template })))
  expect(prepared).toBe(1)
  await Promise.all(databases.map((database) => database.drop()))
})

test('a template whose preparation failed is prepared again by the next who asks', async () => {
  const key = 'fails at first'
  const failing = createDatabase(mainServer(), {
    template: { key, prepare: () => Promise.reject(new Error('not today')) },
  })
  await expect(failing).rejects.toThrow('not today')
  await using database = await createDatabase(mainServer(), {
    template: { key, prepare: (admin) => ask(admin, 'create table later (id int)').then(() => undefined) },
  })
  expect(await ask(database.admin, 'select * from later')).toEqual([])
})

test('the two servers of a run are different servers', async () => {
  await using here = await createDatabase(mainServer())
  await using there = await createDatabase(elsewhereServer())
  const identifier = 'select system_identifier::text as id from pg_control_system()'
  expect(await ask(here.admin, identifier)).not.toEqual(await ask(there.admin, identifier))
})

function ask(target: Target, statement: string): Promise<Record<string, unknown>[]> {
  return withAdminConnection(target, (run) => run(statement))
}
