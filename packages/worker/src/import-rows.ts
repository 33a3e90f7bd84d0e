import type { Asker, GrantsRepository, TenantGrant } from '@tenantry/app-db/types'
import type { ApiKeyId, ImportBatchId, TenantId, UserId } from '@tenantry/contracts/ids'
import { failImport, workOnImport, type ImportDesk, type ImportPoint } from '@tenantry/crm/work-on-import'
import type { DataSources } from '@tenantry/data-sources'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { z } from 'zod'
import type { Attempt } from './send-mail.ts'

export interface ImportNeeds {
  app: { grants: GrantsRepository }
  dataSources: Pick<DataSources, 'withTenant' | 'withTenantWriter'>
  /** Called before and after each commit, for whoever wants to see what a crash there does. */
  onPoint?: ((point: ImportPoint) => void) | undefined
  /** Rows of one transaction. Default 1,000; fewer when an attempt has failed before. */
  partRows?: number
  /** After so long a job leaves the rest to the next one. Default 20 s: others wait behind it, and one that lasts for minutes counts as abandoned. */
  turnMs?: number
}

/** Whose file, which work, and who has asked for it. */
export const ImportJob = z
  .object({
    tenantId: z.uuid().transform((id) => id as TenantId),
    batchId: z.uuid().transform((id) => id as ImportBatchId),
    workId: z.uuid(),
    userId: z.uuid().optional(),
    apiKeyId: z.uuid().optional(),
    operatorName: z.string().optional(),
  })
  .transform(({ userId, apiKeyId, operatorName, ...job }) => ({
    ...job,
    asker: askerOf({ userId, apiKeyId, operatorName }),
  }))
export type ImportJob = z.infer<typeof ImportJob>

/** When a file is looked at again that is still coming in. */
const waitSeconds = 600

/**
 * One turn of the work on a file of rows, in the name of whoever has asked for it. Gives in how many seconds the next turn
 * is due; undefined when there is none. Throws for an attempt that is worth another.
 */
export async function importRows(
  needs: ImportNeeds,
  job: ImportJob,
  attempt: Attempt,
): Promise<{ againInSeconds: number } | undefined> {
  const { batchId, workId } = job
  const { partRows = 1_000, turnMs = 20_000, onPoint } = needs
  const turn = {
    batchId,
    workId,
    turnMs,
    onPoint,
    partRows: attempt.number === 1 ? partRows : Math.ceil(partRows / 4),
  }
  try {
    const end = await workOnImport(deskOf(needs, job, attempt), turn)
    switch (end) {
      case 'more':
        return { againInSeconds: 0 }
      case 'waiting':
        return { againInSeconds: waitSeconds }
      case 'early':
        return assertNeverAsked(attempt)
      case 'over':
        return undefined
    }
  } catch (error) {
    if (!isFinal(error) && attempt.number < attempt.most) throw withoutData(error)
    await writeDown(needs, job, { attempt, reason: isTenantryError(error) ? error.code : 'INTERNAL' })
    return undefined
  }
}

/** A grant lives for a minute, and its holder may lose their place meanwhile: each transaction begins with one that is fresh. */
function deskOf({ app, dataSources }: ImportNeeds, { tenantId, asker }: ImportJob, { requestId }: Attempt): ImportDesk {
  const why = { reason: 'rows of a file', access: 'write', requestId, permission: 'records.write' } as const
  let held: { grant: TenantGrant; since: number } | undefined
  const grant = async () => {
    if (held === undefined || performance.now() - held.since > freshMs) {
      held = { grant: await app.grants.forAsker(asker, tenantId, why), since: performance.now() }
    }
    return held.grant
  }
  return {
    read: async (work) => dataSources.withTenant(await grant(), work),
    write: async (work) => dataSources.withTenantWriter(await grant(), work),
  }
}

const freshMs = 10_000

/** Whoever has asked can no longer be asked, so the batch is told by the system, which the audit log shows. */
async function writeDown(
  { app, dataSources }: ImportNeeds,
  { tenantId, ...job }: ImportJob,
  { attempt: { requestId }, reason }: { attempt: Attempt; reason: string },
): Promise<void> {
  const why = { reason: 'an import that cannot go on', access: 'write', requestId } as const
  const grant = await app.grants.forJob('import', tenantId, why)
  await failImport({ write: (work) => dataSources.withTenantWriter(grant, work) }, job, reason)
}

/** What no further attempt changes: a person who has left, a right that was taken away, a company that is closed. */
function isFinal(error: unknown): boolean {
  return (['FORBIDDEN', 'NOT_FOUND', 'RULE_VIOLATED', 'TENANT_ARCHIVED'] as const).some((code) =>
    isTenantryError(error, code),
  )
}

/** The queue keeps what a job throws: a code and no more. */
function withoutData(error: unknown): TenantryError {
  const code = isTenantryError(error) ? error.code : 'INTERNAL'
  return new TenantryError(code, { message: `An import could not go on: ${code}.` })
}

/** Work that the batch does not know is not committed yet, or never will be: after some attempts it is certain which. */
function assertNeverAsked({ number }: Attempt): undefined {
  if (number >= patience) return undefined
  throw new TenantryError('NOT_FOUND', { message: 'There is no such work yet.' })
}

/** The fifth attempt is made after a minute and a half: no transaction of a request lives that long. */
const patience = 5

function askerOf(ids: {
  userId: string | undefined
  apiKeyId: string | undefined
  operatorName: string | undefined
}): Asker {
  if (ids.userId !== undefined) return { userId: ids.userId as UserId }
  if (ids.apiKeyId !== undefined) return { apiKeyId: ids.apiKeyId as ApiKeyId }
  return { operatorName: ids.operatorName ?? '' }
}
