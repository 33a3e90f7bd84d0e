import { newAccount } from './new-account.ts'
import { actAs, people } from './people.ts'
import { faultsOf } from './sound.ts'
import { expect, test } from './test.ts'

test('two people edit one account: the second settles the clash field by field and loses nothing', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  await actAs(page, people.ada)
  const name = await newAccount(page)
  const { pathname } = new URL(page.url())
  const other = await browser.newContext()
  const chloe = await other.newPage()
  await actAs(chloe, people.chloe)
  for (const each of [page, chloe]) {
    await each.goto(`${pathname}/edit`)
    await each.getByRole('textbox', { name: 'City' }).waitFor()
  }

  await page.getByRole('textbox', { name: 'City' }).fill('Bend')
  await page.getByRole('textbox', { name: 'Industry' }).fill('Hotels')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()

  await chloe.getByRole('textbox', { name: 'City' }).fill('Eugene')
  await chloe.getByRole('textbox', { name: 'Phone' }).fill('+15035550123')
  await chloe.getByRole('button', { name: 'Save' }).click()
  const dialog = chloe.getByRole('dialog', { name: 'Somebody changed this in the meantime' })
  await expect(dialog).toBeVisible()
  await expect(dialog).toContainText('Ada Moreno saved')
  expect(await faultsOf(chloe)).toEqual([])
  await dialog.getByRole('radio', { name: /From Ada Moreno/ }).check()
  await dialog.getByRole('button', { name: 'Save on top' }).click()

  // Hers where she chose it, Ada's city as chosen, and Ada's industry, which she never saw.
  await expect(chloe.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  await chloe.reload()
  const main = chloe.getByRole('main')
  for (const text of ['Bend', 'Hotels', /503.?555.?0123/]) await expect(main.getByText(text).first()).toBeVisible()
  await expect(main.getByText('Eugene')).toHaveCount(0)
  await other.close()
})
