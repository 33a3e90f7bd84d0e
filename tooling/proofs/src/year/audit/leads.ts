import type { AdminRun } from '@tenantry/connections/admin'
import type { Ledger } from './finding.ts'

interface Lead extends Record<string, unknown> {
  name: string
  status: string
  accounts: number
  contacts: number
  opportunities: number
}

/** A lead that was converted became one company, one contact and one opportunity; any other became nothing. */
export async function auditLeads(run: AdminRun, ledger: Ledger): Promise<void> {
  const leads = await run<Lead>(`select l.display_name as name, l.status,
    (select count(*)::int from crm.accounts a where a.id = l.converted_account_id) as accounts,
    (select count(*)::int from crm.contacts c where c.id = l.converted_contact_id) as contacts,
    (select count(*)::int from crm.opportunities o where o.lead_id = l.id) as opportunities
    from crm.leads l`)
  for (const { name, status, ...became } of leads) {
    const each = status === 'converted' ? 1 : 0
    ledger.compare('leads', name, became, { accounts: each, contacts: each, opportunities: each })
  }
}
