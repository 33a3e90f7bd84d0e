import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'

/**
 * 1,000 accounts with every field filled in. Their instants are whole milliseconds that do not end in 0, which is the
 * one form that Postgres' text and a JavaScript Date write alike: so the JSON of all contenders can be compared.
 */
export async function fillAccounts(
  admin: Target,
  { tenantIdInDataSource, ownerId }: { tenantIdInDataSource: string; ownerId: string },
): Promise<string[]> {
  return await withAdminConnection(admin, async (run) => {
    const rows = await run<{ id: string }>(insert, [tenantIdInDataSource, ownerId])
    await run('vacuum analyze crm.accounts')
    return rows.map(({ id }) => id)
  })
}

const insert = `
insert into crm.accounts (
  tenant_id, name, kind, status, owner_id, email, phone_e164, website, industry, source, tax_id, default_currency,
  payment_terms_days, billing_line1, billing_line2, billing_city, billing_region, billing_postal_code, billing_country,
  time_zone, locale, description, created_at, created_by, updated_at, updated_by)
select $1::uuid, 'Company ' || to_char(n, 'FM0000'), 'company', 'active', $2::uuid, 'office' || n || '@example.com',
  '+1415555' || to_char(n, 'FM0000'), 'https://company-' || n || '.example.com', 'Weddings', 'Referral', 'US' || n, 'USD',
  30, n || ' Market Street', 'Floor ' || n % 40, 'San Francisco', 'CA', '94' || to_char(n, 'FM0000'), 'US',
  'America/Los_Angeles', 'en-US', 'Books a booth twice a year and asks for the black backdrop each time.',
  '2026-05-01T18:00:00.123Z'::timestamptz + n * interval '1 minute', $2::uuid,
  '2026-06-01T18:00:00.123Z'::timestamptz + n * interval '1 minute', $2::uuid
from generate_series(1, 1000) as n
returning id`
