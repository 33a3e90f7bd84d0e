import type { CampaignReport } from '@tenantry/fleet/campaign'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

type Paint = ReturnType<typeof painter>

/** Failures by cause come last, where somebody looks first. */
export function renderCampaign(report: CampaignReport, paint: Paint): string {
  const { units, target, migrated, upToDate, failed, notTried, haltedIn } = report
  const table = renderTable(
    ['DATABASE', 'TENANTS', 'WAVE', '', 'BEFORE', 'AFTER', 'TIME'].map((head) => paint('dim', head)),
    units.map(({ database, tenants, wave, state, result }) => [
      paint('bold', database),
      tenants.join(', '),
      wave,
      paint(state === 'failed' ? 'red' : state === 'not tried' ? 'yellow' : 'green', state),
      result?.before ?? '-',
      result?.after ?? '-',
      result === null ? '-' : `${result.milliseconds} ms`,
    ]),
  )
  const counts = [`${migrated} migrated`, `${upToDate} up to date`, `${failed} failed`, `${notTried} not tried`]
  return [
    ...(units.length > 0 ? [table, ''] : []),
    `${counts.join(', ')}; the newest migration is ${target}.`,
    ...(haltedIn === null ? [] : [paint('red', `Halted in the wave ${haltedIn}: too many failed.`)]),
    ...renderFingerprints(report, paint),
    ...renderCauses(report, paint),
  ].join('\n')
}

export function renderCauses({ causes }: Pick<CampaignReport, 'causes'>, paint: Paint): string[] {
  return causes.flatMap(({ failure, databases, tenants, retry }) => [
    '',
    `${paint('red', failure.code)} ${failure.message}`,
    ...(failure.statement === null ? [] : [`  ${failure.migration ?? ''}, ${failure.statement}`]),
    ...(failure.diff === null ? [] : [failure.diff.trimEnd()]),
    `  ${databases.length} of the databases: ${tenants.join(', ')}`,
    `  Then: ${retry}`,
  ])
}

function renderFingerprints({ fingerprints }: CampaignReport, paint: Paint): string[] {
  if (fingerprints.length < 2) return []
  const groups = fingerprints.map(({ fingerprint, databases, tenants }, index) =>
    index === 0 ? `${databases} = ${fingerprint}` : `${databases} = ${fingerprint} (${tenants.join(', ')})`,
  )
  return [paint('yellow', `Not all schemas are the same: ${groups.join('; ')}. Look with pnpm tenantry fleet diff.`)]
}
