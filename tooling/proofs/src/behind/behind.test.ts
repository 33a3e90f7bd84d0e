import { indexProcedures } from '@tenantry/api/procedure-index'
import { appRouter } from '@tenantry/api/router'
import { openRuntime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import { openFolderStore } from '@tenantry/files/folder-store'
import { lacks, migrationTags, oldestServed } from '@tenantry/tenant-db/proof'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import { setBack } from '@tenantry/testing/set-back'
import { createWorld } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { HttpCaller, procedurePaths } from '../matrix/caller.ts'
import { missingTarget } from '../matrix/missing-target.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const index = indexProcedures(appRouter)

test('every `requires` names a migration that there is, and one that not every served database has', () => {
  const required = [...index].flatMap(([path, { requires }]) => (requires === undefined ? [] : [{ path, requires }]))
  const wrong = required.filter(({ requires }) => !migrationTags.includes(requires) || !lacks(oldestServed, requires))
  expect(wrong).toEqual([])
})

test(
  'a company at the oldest version that is served gets an answer of each procedure, or hears that it is behind; never a fault',
  { timeout: 180_000 },
  async () => {
    await using world = await createWorld(mainServer(), { acme: { server: mainServer() } })
    const database = await setBack(world, 'acme', { server: mainServer(), upTo: oldestServed })
    await using http = await serve(world)
    const { owner } = world.tenants.acme.people
    // Whose session ends is not who is asked.
    const paths = procedurePaths.filter((path) => !path.startsWith('session.'))
    const answers = new Map<string, string>()
    for (const path of paths) {
      const caller = new HttpCaller(http.url, sessionCookie(http.secret, await world.startSession(owner)))
      answers.set(path, (await caller.ask(path, missingTarget())).decision)
    }
    const faults = [...answers].filter(([, decision]) => decision === 'INTERNAL' || decision === 'DATABASE_ERROR')
    expect(faults).toEqual([])
    // A link that nobody was sent leads to no company.
    const byMembers = paths.filter((path) => index.get(path)?.permission !== 'link')
    const needMore = byMembers.filter((path) => index.get(path)?.requires !== undefined)
    expect(needMore.filter((path) => answers.get(path) !== 'TENANT_SCHEMA_BEHIND')).toEqual([])
    expect([...answers.values()].filter((decision) => decision === 'ok').length).toBeGreaterThan(0)
    await world.dataSources.close()
    await database.drop()
  },
)

/** The handler of the API on a port of its own. */
async function serve({ appTarget, keys }: Awaited<ReturnType<typeof createWorld<'acme'>>>) {
  const secret = randomBytes(24).toString('hex')
  const folder = makeTemporaryFolder()
  const runtime = openRuntime({
    appDatabaseUrl: urlOf(appTarget),
    keys,
    sessionSecret: secret,
    origin: 'http://crm.example.test',
    trustedProxyHops: 0,
    logLevel: 'silent',
    files: openFolderStore(folder),
  })
  const server = createServer((request, response) => void runtime.handleTrpc(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    secret,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await runtime.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
