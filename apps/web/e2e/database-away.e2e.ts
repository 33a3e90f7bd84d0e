import { actAs, people } from './people.ts'
import { expect, test } from './test.ts'

test('a company whose database is away gets a banner on every page, and its settings go on working', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const statuses: number[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document') statuses.push(response.status())
  })
  await actAs(page, people.hana)
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
