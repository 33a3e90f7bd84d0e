import { openDataSources } from '@tenantry/data-sources'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { openLogger } from '@tenantry/telemetry/logger'
import { findOrphans } from '../account-for.ts'
import { companyFor } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { PasswordProgramInput } from '../programs/rotate-password.ts'
import type { CrashStage } from '../stage.ts'

/** A change of password that was killed anywhere and is run again leaves one login, which opens. */
export function rotatePassword(login: PasswordProgramInput['login']): CrashStage {
  return {
    name: `credentials rotate-password, ${login}`,
    program: 'rotate-password.ts',
    async begin(ground, count) {
      const { app, keyring, server } = ground
      const company = companyFor(`turn-${login}`, count, 'dedicated')
      const run = await claimCreation(app, company, 'matrix')
      {
        // Closed before the password changes: a connection that rests would be waited for.
        await using dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })
        await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run })
      }
      await run.finish('done')
      const input: PasswordProgramInput = {
        app: plainTarget(ground.appTarget),
        server: plainTarget(server),
        keys: ground.keys,
        slug: company.slug,
        login,
      }
      return { input: { ...input }, examine: () => examine(ground, company.slug, login) }
    },
  }
}

async function examine(ground: Ground, slug: string, login: PasswordProgramInput['login']): Promise<string[]> {
  // Among them the login that was replaced, and a second one that nobody knows the password of.
  const complaints = await findOrphans(ground)
  const subject = login === 'serving' ? slug : `${slug} ${login}`
  const runs = await ground.app.runs.list({ kind: 'credentials.rotate-password', subject })
  const left = runs.filter(({ status }) => status !== 'done').length
  if (left > 0 || runs.length === 0) complaints.push(`${left} of ${runs.length} changes are not done`)
  const why = { reason: 'look', access: 'read', requestId: 'matrix' } as const
  const grant = await ground.app.grants.forOperator('matrix', slug, why)
  const pipelines = await ground.dataSources.withTenant(grant, (db) => db.pipelines.list())
  if (pipelines.length !== 1) complaints.push(`${pipelines.length} pipelines instead of 1`)
  return complaints
}
