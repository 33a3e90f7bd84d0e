import type { Page } from '@playwright/test'
import { people, signIn } from './people.ts'
import { recordsOf } from './records.ts'
import { expect, test } from './test.ts'

test('a record of another company does not exist', async ({ page, browser }) => {
  const [foreign] = await recordsOf(browser, people.finn)
  await signIn(page, people.ivy, `/accounts/${foreign?.id}`)
  await expect(page.getByText(/no such|not found|does not exist|no longer/i).first()).toBeVisible()
  await expect(page.getByText(foreign?.name ?? '')).toHaveCount(0)
})

test('who works in two companies switches between them and has another role there', async ({ page }) => {
  await signIn(page, people.ben)
  await expect(page.getByRole('link', { name: 'New account' })).toBeVisible()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('accounts.csv')
  await page.getByRole('button', { name: `Company: ${people.ben.company}` }).click()
  await page.getByRole('menuitemradio', { name: people.ben.alsoAt }).click()
  await expect(page.getByRole('button', { name: `Company: ${people.ben.alsoAt}` })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New account' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Save as CSV' })).toHaveCount(0)
  await page.goto('/settings/data')
  await expect(page.getByText('Your role does not allow this.').first()).toBeVisible()
  await switchTenant(page, people.ben.company)
})

test('a tab that was left open never shows the rows of one company under the name of another', async ({
  page,
  context,
}) => {
  await signIn(page, people.ben)
  const other = await context.newPage()
  await other.goto('/accounts')
  await switchTenant(other, people.ben.alsoAt)
  await page.getByRole('link', { name: 'Contacts' }).first().click()
  // The tab starts over; its frame and its rows come from one company.
  await expect(page.getByRole('button', { name: `Company: ${people.ben.alsoAt}` })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible()
  await switchTenant(other, people.ben.company)
})

/** Changes where the person works, as another tab or another device of theirs would. */
async function switchTenant(page: Page, company: string): Promise<void> {
  const answer = await page.request.get('/api/trpc/session.view')
  const { result } = (await answer.json()) as { result: { data: { tenants: { id: string; name: string }[] } } }
  const tenantId = result.data.tenants.find(({ name }) => name === company)?.id
  expect((await page.request.post('/api/trpc/session.switchTenant', { data: { tenantId } })).status()).toBe(200)
}
