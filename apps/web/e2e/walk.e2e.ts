import { newAccount, unique } from './new-account.ts'
import { actAs, people } from './people.ts'
import { expect, test } from './test.ts'

for (const person of [people.ada, people.ivy]) {
  test(`${person.company}: from a new account to a contact, an opportunity, the board, and a step back`, async ({
    page,
  }) => {
    test.setTimeout(120_000)
    await actAs(page, person)
    const account = await newAccount(page)
    await expect(page.getByText('created this account')).toBeVisible()

    const lastName = unique('Field')
    await page.getByRole('link', { name: 'Add contact' }).click()
    await page.getByRole('textbox', { name: 'First name' }).fill('Nora')
    await page.getByRole('textbox', { name: 'Last name' }).fill(lastName)
    await page.getByRole('button', { name: 'Create contact' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Nora ${lastName}` })).toBeVisible()
    await page.getByRole('main').getByRole('link', { name: account }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: account })).toBeVisible()

    const opportunity = unique('Gala')
    await page.getByRole('link', { name: 'Add opportunity' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(opportunity)
    await page.getByRole('textbox', { name: 'Amount' }).fill('2500')
    await page.getByRole('button', { name: 'Create opportunity' }).click()
    await expect(page.getByRole('heading', { level: 1, name: opportunity })).toBeVisible()

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Board' }).click()
    await page.getByLabel('Search the board').fill(opportunity)
    const stages = page.getByRole('region', { name: 'Stages' })
    await expect(stages.getByRole('article')).toHaveCount(1)
    const [first = '', second = ''] = await stages.getByRole('heading', { level: 2 }).allTextContents()
    await expect(stages.getByRole('region', { name: first }).getByRole('article', { name: opportunity })).toBeVisible()
    await page.getByRole('button', { name: `Move ${opportunity} to a stage` }).click()
    await page.getByRole('menuitemradio', { name: second }).click()
    const moved = stages.getByRole('region', { name: second }).getByRole('article', { name: opportunity })
    await expect(moved).toBeVisible()

    await moved.getByRole('link', { name: opportunity }).click()
    const step = page.getByRole('list', { name: 'Stage' }).locator('[aria-current=step]')
    await expect(step).toHaveText(second)
    const entry = page.getByRole('listitem').filter({ hasText: 'moved it to another stage' })
    await entry.getByRole('button', { name: 'Undo' }).click()
    await expect(step).toHaveText(first)
    await expect(entry.getByText('taken back')).toBeVisible()
    await page.reload()
    await expect(step).toHaveText(first)
  })
}

test('what was deleted comes back by the toast', async ({ page }) => {
  await actAs(page, people.ada)
  const account = await newAccount(page)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText(`Deleted ${account}`)).toBeVisible()
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back')).toBeVisible()
  await page.goto(`/accounts?search=${encodeURIComponent(account)}`)
  await expect(page.getByRole('link', { name: account })).toBeVisible()
})
