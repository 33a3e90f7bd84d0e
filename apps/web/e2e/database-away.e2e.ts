import { people, signIn } from './people.ts'
import { expect, test } from './test.ts'

test('a company whose database is away gets a banner on every page, and its settings go on working', async ({
  page,
}) => {
  const statuses: number[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document') statuses.push(response.status())
  })
  await signIn(page, people.hana)
  for (const path of ['/accounts', '/contacts', '/opportunities', '/opportunities/board']) {
    await page.goto(path)
    await expect(page.getByText('cannot be reached').first()).toBeVisible()
  }
  await page.goto('/settings/members')
  await expect(page.getByText('Hana Suzuki').first()).toBeVisible()
  await page.goto('/settings/data')
  await expect(page.getByText('127.0.0.1').first()).toBeVisible()
  expect(statuses.filter((status) => status >= 400)).toEqual([])
  const answer = await page.request.get('/api/trpc/accounts.list?input={}')
  expect(answer.status()).toBe(503)
  expect(await answer.text()).toContain('TENANT_DATABASE_UNREACHABLE')
})

test('a database that is away does not slow the page down that another company opens', async ({ page, browser }) => {
  const away = await browser.newContext()
  const dune = await away.newPage()
  await signIn(dune, people.hana)
  await signIn(page, people.ivy)
  await dune.reload()
  const started = Date.now()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeVisible()
  expect(Date.now() - started).toBeLessThan(3000)
  await away.close()
})
