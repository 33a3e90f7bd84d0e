import type { AdminRun } from '@tenantry/connections/admin'
import { auditAgreements } from './agreements.ts'
import { auditBookingLines } from './bookings.ts'
import { auditCalendar } from './calendar.ts'
import type { Claims } from './claims.ts'
import { auditExports } from './exports.ts'
import { auditFeed } from './feed.ts'
import { Ledger, type Finding } from './finding.ts'
import { auditHistory } from './history.ts'
import { auditImports } from './imports.ts'
import { auditLeads } from './leads.ts'
import { auditMails } from './mails.ts'
import { auditMoney } from './money.ts'
import { auditNews } from './news.ts'
import { auditNumbers } from './numbers.ts'
import { auditStages } from './stages.ts'

export type { Finding }

/**
 * Recomputes from raw rows what the application derives, stores twice or promises to keep whole. It asks with plain SQL as
 * the superuser of a database that holds one company, and shares no code with the product.
 */
export async function audit(
  run: AdminRun,
  claims: Claims,
): Promise<{ checked: Record<string, number>; findings: Finding[] }> {
  const ledger = new Ledger()
  const checks = [
    auditMoney,
    auditAgreements,
    auditNumbers,
    auditCalendar,
    auditBookingLines,
    auditFeed,
    auditHistory,
    auditStages,
    auditLeads,
    auditMails,
    auditNews,
    auditExports,
    auditImports,
  ]
  for (const check of checks) await check(run, ledger, claims)
  return { checked: ledger.checked, findings: ledger.findings }
}
