import { openAppDb } from '@tenantry/app-db/open'
import { parseTarget } from '@tenantry/connections/target'
import { AccountInput } from '@tenantry/contracts/accounts'
import type { SessionId } from '@tenantry/contracts/ids'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { isTenantryError } from '@tenantry/errors'
import { openLogger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import { inputVariable, type WriterFigures, type WriterInput } from './writer-input.ts'

/** One of the processes: writes accounts as a member, as fast as it can, until it is told to end. */
const input = JSON.parse(process.env[inputVariable] ?? '') as WriterInput
const { user = '', password = '', ...address } = parseTarget(input.appDatabaseUrl)
const app = openAppDb({ target: { ...address, user, password: () => password } })
const { tenantChanges } = app
const dataSources = openDataSources({
  appDb: app.db,
  keyring: parseKeyring(input.keys),
  logger: openLogger({ level: 'silent' }),
  pollEveryMs: input.pollEveryMs,
  changes: {
    since: (mark) => tenantChanges.since(mark),
    listen: (onHint) =>
      input.listener === 'alive' ? tenantChanges.listen(onHint) : { close: () => Promise.resolve() },
  },
})

const figures: WriterFigures = { saved: [], refused: {}, lastSavedAt: 0 }
let over = false
let count = 0

const write = async () => {
  while (!over) {
    try {
      const session = await app.db.sessions.resolve(input.sessionId as SessionId, { requestId: input.name })
      if (!session?.grant) throw new Error('the session has no grant')
      // Some requests take their time between being let in and writing.
      if (Math.random() < 0.3) await sleep(Math.random() * (Math.random() < 0.2 ? 400 : 20))
      const name = `${input.name} ${count++}`
      const account = await dataSources.withTenantWriter(session.grant, async (db) => {
        const created = await db.accounts.create(AccountInput.parse({ name }))
        if (Math.random() < 0.2) await sleep(Math.random() * 20)
        return created
      })
      figures.saved.push(account.id)
      figures.lastSavedAt = Date.now()
    } catch (error) {
      const code = isTenantryError(error) ? error.code : String(error)
      figures.refused[code] = (figures.refused[code] ?? 0) + 1
      await sleep(5)
    }
  }
}

const writers = [write(), write(), write()]
process.once('disconnect', () => process.exit(1))
process.once('message', () => {
  over = true
  void Promise.all(writers)
    .then(() => dataSources.close())
    .then(() => app.close())
    .then(() => process.send?.(figures, () => process.exit(0)))
})
