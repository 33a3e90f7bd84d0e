import { unique } from './new-account.ts'
import { people, signIn } from './people.ts'
import { faultsOf } from './sound.ts'
import { expect, test } from './test.ts'

test('an owner adds a field, fills it in on a new account, changes it there, finds the account by it, and puts it away', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const label = unique('Region')
  await signIn(page, people.ada, '/settings/fields')
  await page.getByRole('button', { name: 'Add a field to accounts' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a field' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(label)
  await dialog.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'One of several options' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Write an option in each line.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Options' }).fill('North\nSouth')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: label })).toContainText('North, South')

  const name = unique('Field test')
  await page.goto('/accounts/new')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  const choose = async (option: string) => {
    await page.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option }).click()
  }
  await choose('North')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  const value = page.locator('dl div').filter({ hasText: label }).locator('dd').first()
  await expect(value).toHaveText('North')

  await page.getByRole('link', { name: 'Edit' }).click()
  await choose('South')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(value).toHaveText('South')
  await expect(page.getByText(`changed ${label.toLowerCase()}`)).toBeVisible()

  await page.goto('/accounts')
  const chosen = page.getByRole('button', { name: `Lift the filter ${label}: South` })
  await page.getByRole('button', { name: 'Filter' }).click()
  await choose('South')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(chosen).toBeVisible()
  const rows = page.getByRole('table', { name: 'Accounts' }).getByRole('link')
  await expect(rows).toHaveText([name])
  // A link shows the same list to somebody else.
  await page.reload()
  await expect(rows).toHaveText([name])
  await chosen.click()
  await expect(rows).not.toHaveCount(1)

  // Other tests add accounts too.
  await page.goto('/settings/fields')
  const row = page.getByRole('listitem').filter({ hasText: label })
  const act = async (action: string) => {
    await page.getByRole('button', { name: `Actions for ${label}` }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }
  await act('Archive')
  await expect(row).toContainText('Archived')
  await act('Delete')
  await expect(row).toContainText('In the bin')
  const told = page.getByRole('region', { name: 'Notifications' }).getByRole('dialog')
  await told
    .filter({ hasText: `Deleted ${label}` })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(row).toContainText('Archived')
  await act('Delete')
  await expect(row).toContainText('In the bin')
  await act('Restore')
  await expect(row).toContainText('Archived')
})
