import type { Page } from '@playwright/test'

/** Every page somebody sees, with the address of a record where one is needed. */
export async function everyPage(page: Page): Promise<{ name: string; path: string }[]> {
  const [account, contact, opportunity] = await Promise.all(
    ['accounts', 'contacts', 'opportunities'].map((entity) => firstId(page, entity)),
  )
  return [
    { name: 'accounts', path: '/accounts' },
    { name: 'account', path: `/accounts/${account}` },
    { name: 'account-edit', path: `/accounts/${account}/edit` },
    { name: 'account-new', path: '/accounts/new' },
    { name: 'contacts', path: '/contacts' },
    { name: 'contact', path: `/contacts/${contact}` },
    { name: 'contact-new', path: '/contacts/new' },
    { name: 'opportunities', path: '/opportunities' },
    { name: 'opportunity', path: `/opportunities/${opportunity}` },
    { name: 'opportunity-new', path: '/opportunities/new' },
    { name: 'board', path: '/opportunities/board' },
    { name: 'settings-company', path: '/settings/company' },
    { name: 'settings-members', path: '/settings/members' },
    { name: 'settings-fields', path: '/settings/fields' },
    { name: 'settings-calendars', path: '/settings/calendars' },
    { name: 'settings-api-keys', path: '/settings/api-keys' },
    { name: 'settings-webhooks', path: '/settings/webhooks' },
    { name: 'settings-data', path: '/settings/data' },
    { name: 'settings-audit', path: '/settings/audit' },
    { name: 'settings-support', path: '/settings/support' },
    { name: 'settings-sessions', path: '/settings/sessions' },
  ]
}

/** Every page of the operator console. */
export const consolePages = [
  { name: 'console-fleet', path: '/operator' },
  { name: 'console-tenant', path: '/operator/tenants/acme' },
  { name: 'console-tenant-away', path: '/operator/tenants/dune' },
  { name: 'console-no-tenant', path: '/operator/tenants/nobody' },
  { name: 'console-runs', path: '/operator/runs' },
  { name: 'console-sessions', path: '/operator/sessions' },
]

/** Until every question has been answered and nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('h1').first().waitFor()
}

async function firstId(page: Page, entity: string): Promise<string> {
  const answer = await page.request.get(`/api/trpc/${entity}.list?input=${encodeURIComponent('{"limit":1}')}`)
  const { result } = (await answer.json()) as { result: { data: { rows: { id: string }[] } } }
  const [first] = result.data.rows
  if (first === undefined) throw new Error(`the demo has no ${entity}`)
  return first.id
}
