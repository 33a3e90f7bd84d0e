import { withAdminConnection } from '@tenantry/connections/admin'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import { isTenantryError } from '@tenantry/errors'
import { accountInput } from '@tenantry/testing/factories/account'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { groups } from './groups.ts'
import { loadProgram } from './load-program.fixture.ts'

/** What neither the compiler nor lint sees: each program of the gallery that compiles is run here, over real databases. */
const programs = groups.flatMap((group) =>
  group.programs.flatMap((program) =>
    program.stopped.by === 'runtime' ? [{ ...program, rejectsWith: program.stopped.rejectsWith }] : [],
  ),
)

let world: World<'alder' | 'birch' | 'cypress' | 'dogwood'>
let accountId: AccountId

beforeAll(async () => {
  world = await createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
    dogwood: { server: mainServer(), database: 'grove' },
  })
  const { id } = await world.dataSources.withTenantWriter(await grantOf('alder'), (db) =>
    db.accounts.create(accountInput()),
  )
  accountId = id
  await world.app.db.tenants.setStatus('tests', 'dogwood', 'suspended')
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => world.close())

test.each(programs)('$name ends in $rejectsWith and writes nothing; done rightly, it is answered', async (program) => {
  const { wrong, right } = await loadProgram<Awaited<ReturnType<typeof given>>>(program)
  const before = await accountsByDatabase()
  const outcome = await wrong(await given()).then(() => 'an answer', codeOf)
  expect(outcome).toBe(program.rejectsWith)
  expect(await accountsByDatabase()).toEqual(before)
  vi.restoreAllMocks()
  expect(await right(await given())).toBeDefined()
})

/** As `running` in `openings.ts` declares it. */
async function given() {
  const { app, dataSources, tenants } = world
  return {
    appDb: app.db,
    dataSources,
    grant: await grantOf('alder'),
    neighbour: await grantOf('birch'),
    stranger: await grantOf('cypress'),
    strangerId: tenants.cypress.id,
    suspended: await grantOf('dogwood'),
    accountId,
    query: AccountListQuery.parse({}),
    wait(milliseconds: number) {
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + milliseconds)
    },
  }
}

async function grantOf(slug: keyof typeof world.tenants) {
  return world.grantOf(await world.startSession(world.tenants[slug].people.owner))
}

/** As the superuser sees them, of all companies together. */
function accountsByDatabase() {
  const { alder, cypress } = world.tenants
  return Promise.all(
    [alder.admin, cypress.admin].map((admin) =>
      withAdminConnection(admin, (run) => run('select count(*) as count from crm.accounts')),
    ),
  )
}

function codeOf(error: unknown): string {
  if (isTenantryError(error)) return error.code
  return error instanceof Error ? error.constructor.name : typeof error
}
