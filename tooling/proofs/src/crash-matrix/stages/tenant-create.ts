import { companyFor } from '../company.ts'
import { findOrphans } from '../account-for.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { CrashStage } from '../stage.ts'
import type { CreateProgramInput } from '../programs/tenant-create.ts'

/** A creation that was killed anywhere and is run again gives exactly one of everything. */
export function tenantCreate(placement: 'dedicated' | 'shared'): CrashStage {
  return {
    name: `tenant create, ${placement}`,
    program: 'tenant-create.ts',
    isFirst: true,
    async begin(ground, count) {
      const tenant = companyFor(`make-${placement}`, count, placement)
      const input: CreateProgramInput = {
        app: plainTarget(ground.appTarget),
        server: plainTarget(ground.server),
        keys: ground.keys,
        tenant,
      }
      return { input: { ...input }, examine: () => examine(ground, tenant.slug) }
    },
  }
}

async function examine(ground: Ground, slug: string): Promise<string[]> {
  const complaints = await findOrphans(ground)
  const count = async (what: string, text: string, expected: number) => {
    const [row] = await ground.ask(ground.appAdmin.database, `select count(*)::int as n from ${text}`, [slug])
    if (row?.['n'] !== expected) complaints.push(`${String(row?.['n'])} ${what} instead of ${expected}`)
  }
  await count('tenants', 'app.tenants where slug = $1', 1)
  await count('members', 'app.memberships m join app.tenants t on t.id = m.tenant_id where t.slug = $1', 1)
  await count(
    'open invitations',
    `app.invitations i join app.tenants t on t.id = i.tenant_id
     where t.slug = $1 and i.accepted_at is null and i.revoked_at is null`,
    1,
  )
  await count('runs that are not done', `app.runs where subject = $1 and status <> 'done' and tenant_id is not null`, 0)
  await count('entries of the creation', `app.audit_log where subject = $1 and action = 'tenant.created'`, 1)
  // Through the sealed password and the proof of identity, as a request goes.
  const why = { reason: 'look', access: 'read', requestId: 'matrix' } as const
  const grant = await ground.app.grants.forOperator('matrix', slug, why)
  const seen = await ground.dataSources.withTenant(grant, async (db) => ({
    pipelines: (await db.pipelines.list()).length,
    people: (await db.memberRefs.list()).length,
  }))
  if (seen.pipelines !== 1) complaints.push(`${seen.pipelines} pipelines instead of 1`)
  if (seen.people !== 1) complaints.push(`${seen.people} people instead of 1`)
  return complaints
}
