import { grantFacts } from '@tenantry/app-db/grants'
import type { AppDb, GrantsRepository } from '@tenantry/app-db/types'
import { noFileStore } from '@tenantry/files/open'
import { TestPaymentProvider } from '@tenantry/crm/test-payment-provider'
import type { Keyring } from '@tenantry/credentials/keyring'
import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import { callProcedure } from './http/call-procedure.ts'
import { mailTokensOf } from './mail-tokens.ts'
import { MemberProjection } from './member-projection.ts'
import type { DataSources, FileStore, Logger } from './planes.ts'
import { indexProcedures } from './procedure-index.ts'
import { createOperatorContext } from './procedures/context.ts'
import { sealerOf } from './sealer.ts'
import { appRouter } from './router.ts'

export interface OperatorPlanes {
  appDb: AppDb
  /** Not on the handle that requests have: who holds it may make grants. */
  grants: GrantsRepository
  dataSources: DataSources
  /** For the links in mails. */
  keyring: Keyring
  /** Left out, webhooks go over TLS alone. */
  allowsPlainWebhooks?: boolean
  /** Left out, files cannot be reached. */
  files?: FileStore
  logger: Logger
}

export interface OperatorCallInput {
  operatorName: string
  /** Of the tenant. */
  slug: string
  /** `accounts.list`. */
  path: string
  input: unknown
}

const procedures = indexProcedures(appRouter)

/** Every procedure by its path, for a list and for the question whether a call writes. */
export function proceduresForOperators(): ReadonlyMap<string, 'query' | 'mutation'> {
  return new Map([...procedures].map(([path, { type }]) => [path, type]))
}

/**
 * Calls a procedure in a tenant as an operator, with a grant of one minute that the tenant's audit log shows before anything
 * is read. A query gets a grant that only reads. Throws PROCEDURE_NOT_FOUND, NOT_FOUND for the tenant, NOT_SIGNED_IN for
 * what is about somebody's own sign-in, and whatever the procedure answers.
 */
export async function callAsOperator(planes: OperatorPlanes, call: OperatorCallInput): Promise<unknown> {
  const { grants, keyring, ...rest } = planes
  const { operatorName, slug, path, input } = call
  const procedure = procedures.get(path)
  if (procedure === undefined) throw new TenantryError('PROCEDURE_NOT_FOUND')
  const { type } = procedure
  const requestId = randomUUID()
  const access = type === 'mutation' ? 'write' : 'read'
  const grant = await grants.forOperator(operatorName, slug, { reason: `call ${path}`, access, requestId })
  const { tenantId: id, tenantSlug, tenantStatus: status, access: allowed } = grantFacts(grant)
  const memberProjection = new MemberProjection(rest)
  const ctx = createOperatorContext(
    {
      ...rest,
      mailTokens: mailTokensOf(keyring),
      sealer: sealerOf(keyring),
      allowsPlainWebhooks: rest.allowsPlainWebhooks ?? false,
      files: rest.files ?? noFileStore(),
      memberProjection,
      paymentProvider: new TestPaymentProvider(),
      tenantStates: undefined,
    },
    {
      requestId,
      grant,
      access: allowed,
      tenant: { id, slug: tenantSlug, status },
    },
  )
  try {
    return await callProcedure({ path, type, input }, ctx)
  } finally {
    await memberProjection.settled()
  }
}
