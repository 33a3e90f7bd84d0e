import { unique } from './new-account.ts'
import { people, signIn } from './people.ts'
import { faultsOf } from './sound.ts'
import { expect, test } from './test.ts'

test('an owner creates a key, a program uses it over REST, and once it is revoked the program is refused', async ({
  page,
  playwright,
  baseURL,
}) => {
  const name = unique('Website')
  await signIn(page, people.ada, '/settings/api-keys')
  await page.getByRole('button', { name: 'Create key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create a key' })
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByText('Fill this in.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('combobox', { name: 'Valid for' }).click()
  await page.getByRole('option', { name: '30 days' }).click()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const told = page.getByRole('dialog', { name: 'Keep this key now' })
  const key = await told.getByRole('textbox', { name: 'API key' }).inputValue()
  expect(await faultsOf(page)).toEqual([])
  await told.getByRole('button', { name: 'I have kept it' }).click()
  const row = page.getByRole('listitem').filter({ hasText: name })
  await expect(row).toContainText('never used')
  expect(await page.content()).not.toContain(key)

  // A program has no cookie.
  const program = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  const accounts = await program.get('/api/v1/accounts?limit=1')
  expect(accounts.status()).toBe(200)
  expect(await accounts.json()).toMatchObject({ rows: [{ name: expect.any(String) }] })
  // It reads, and no more.
  expect((await program.post('/api/v1/accounts', { data: { name: 'By a program' } })).status()).toBe(403)

  await row.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(row).toContainText('Revoked')
  expect((await program.get('/api/v1/accounts?limit=1')).status()).toBe(401)
  await program.dispose()
})

test('members keep calendars of their own, and are shown neither keys nor webhooks', async ({
  page,
  playwright,
  baseURL,
}) => {
  const name = unique('Phone')
  await signIn(page, people.chloe, '/settings/calendars')
  await expect(page.getByRole('link', { name: 'API keys' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Add calendar' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a calendar' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(dialog.getByRole('combobox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Add calendar' }).click()
  const told = page.getByRole('dialog', { name: 'Keep this address now' })
  const address = await told.getByRole('textbox', { name: 'Address' }).inputValue()
  await told.getByRole('button', { name: 'I have kept it' }).click()
  const calendar = await playwright.request.newContext({ baseURL })
  expect(await (await calendar.get(address)).text()).toContain('BEGIN:VCALENDAR')
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText(name, { exact: true })).toHaveCount(0)
  expect((await calendar.get(address)).status()).toBe(404)
  await calendar.dispose()
  for (const path of ['/settings/api-keys', '/settings/webhooks']) {
    await page.goto(path)
    await expect(page.getByText('Somebody who manages members can change')).toBeVisible()
  }
})

test('an owner names an endpoint and the events it hears of, sees what was sent there, and switches it off', async ({
  page,
}) => {
  const url = `https://hooks.example.invalid/${unique('in').replaceAll(' ', '-')}`
  await signIn(page, people.ada, '/settings/webhooks')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
  await dialog.getByRole('textbox', { name: 'Address' }).fill('example.com')
  await dialog.getByRole('checkbox', { name: 'Every change' }).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Give an address such as')).toBeVisible()
  await expect(dialog.getByText('Choose at least one event.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url)
  await dialog.getByText('Quote', { exact: true }).click()
  await dialog.getByRole('checkbox', { name: 'Accepted' }).check()
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  const told = page.getByRole('dialog', { name: 'Keep this secret now' })
  await expect(told.getByRole('textbox', { name: 'Secret' })).toHaveValue(/^whsec_/)
  await told.getByRole('button', { name: 'I have kept it' }).click()
  const row = page.getByRole('listitem').filter({ hasText: url })
  await expect(row).toContainText('Quote accepted')

  const choose = async (action: string) => {
    await row.getByRole('button', { name: `Actions for ${url}` }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }
  await choose('Send a test')
  await expect(page.getByText('A test is on its way')).toBeVisible()
  await choose('Switch off')
  await expect(row).toContainText('Off')
  await row.getByRole('link', { name: url }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Webhook test' })).toBeVisible()
  await page.goto('/settings/webhooks')
  await choose('Remove')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(row).toHaveCount(0)
})
