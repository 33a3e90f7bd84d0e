import { openAdminLink, type AdminLink } from '@tenantry/connections/admin'
import type { Permits } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import type { Config } from '../config.ts'
import { patienceOf, testConnection, type ConnectionReport, type ConnectionTest } from '../connection-test.ts'
import type { DataSourceRecord } from '../grant-desk.ts'
import { findingOf } from './finding.ts'
import { lookAtReplica } from './look-at-replica.ts'
import { openPermitted } from './permitted-link.ts'

export interface Look extends Omit<ConnectionTest, 'connect'> {
  /** The connections of a target's server, where the look is to count among them. */
  permitsOf?: (target: Target) => Permits | undefined
}

/** Connects to a data source and to its replicas as requests do, on connections of its own. Never rejects. */
export async function lookAt({ permitsOf, record, open, ...look }: Look): Promise<{
  report: ConnectionReport
  finding: HealthFinding
}> {
  let found: { record: DataSourceRecord; config: Config } | undefined
  const connect = async (target: Target, patience: { connectMs: number; statementMs: number }) => {
    const dial = () => openAdminLink(target, patience)
    const permits = permitsOf?.(target)
    return permits === undefined ? await dial() : await openPermitted(permits, dial, patience.connectMs)
  }
  const report = await testConnection({
    ...look,
    record,
    connect,
    open: (at) => {
      const config = open(at)
      found = { record: at, config }
      return config
    },
  })
  const at = found
  const replicas =
    at === undefined || report.failure !== undefined
      ? []
      : await Promise.all(
          at.config.replicas.map((replica) =>
            lookAtReplica(replica, at.record, {
              primaryLsn: report.lsn,
              connect: (target): Promise<AdminLink> => connect(target, patienceOf(look.deadlines(at.record))),
            }),
          ),
        )
  return { report, finding: findingOf(report, replicas) }
}
