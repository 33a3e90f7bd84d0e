import type { AdminLink } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { ReplicaHealth } from '@tenantry/contracts/data-source-health'
import { positionOf } from '@tenantry/contracts/write-mark'
import { isTenantryError } from '@tenantry/errors'
import type { DataSourceRecord } from '../grant-desk.ts'
import { proveIdentity, proveStandby } from '../prove-identity.ts'
import type { Replica } from '../replica.ts'
import { isConfusion, translateFailure } from '../translate-failure.ts'

/** Beyond one segment of the log it is not the usual way behind. */
const laggingBytes = 16 * 1024 * 1024

/** Connects to a standby as a read would, and compares how far it shows the log with where the primary was just before. */
export async function lookAtReplica(
  { config: { tenantId, target }, region }: Replica,
  record: DataSourceRecord,
  { connect, primaryLsn }: { connect: (target: Target) => Promise<AdminLink>; primaryLsn: string | null },
): Promise<ReplicaHealth> {
  const facts = { address: `${target.host}:${target.port}`, region }
  try {
    await using link = await connect(target)
    const proving = { query: link.run }
    await proveIdentity(proving, record)
    const lsn = await proveStandby(proving)
    if (primaryLsn === null) return { ...facts, state: 'healthy', lagBytes: null }
    const behind = positionOf(primaryLsn) - positionOf(lsn)
    const lagBytes = behind > 0n ? Number(behind) : 0
    return { ...facts, state: lagBytes > laggingBytes ? 'lagging' : 'healthy', lagBytes }
  } catch (error) {
    const failure = translateFailure(error, tenantId)
    const isRefused = isTenantryError(failure) && isConfusion(failure.code)
    return { ...facts, state: isRefused ? 'refused' : 'unreachable', lagBytes: null }
  }
}
