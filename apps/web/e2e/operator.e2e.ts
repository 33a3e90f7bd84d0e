import { randomUUID } from 'node:crypto'
import { actAs, people, signIn } from './people.ts'
import { faultsOf } from './sound.ts'
import { expect, test } from './test.ts'

test('an operator sees the fleet, tests a connection, and suspends and resumes a company by typing its name', async ({
  page,
}) => {
  await signIn(page, people.opal)
  const fleet = page.getByRole('table', { name: 'Fleet' })
  for (const slug of ['acme', 'bloom', 'cedar', 'dune', 'ember'])
    await expect(fleet.getByRole('link', { name: slug })).toBeVisible()

  await fleet.getByRole('link', { name: 'ember' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ember & Oak Catering' })).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Passed', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByText('Forgotten everywhere: the next request reads the configuration again')).toBeVisible()

  await page.getByRole('button', { name: 'Suspend' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill('embe')
  await expect(dialog.getByRole('button', { name: 'Suspend' })).toBeDisabled()
  await dialog.getByRole('textbox').fill('ember')
  await dialog.getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Suspended', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('alertdialog').getByRole('textbox').fill('ember')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible()
  const audit = page.getByRole('region', { name: 'Audit' })
  await expect(audit.getByText('changed the status of the company')).toHaveCount(2)

  await page.goto('/operator?health=healthy&search=ember')
  await expect(fleet.getByRole('row').filter({ hasText: 'ember' })).toContainText('Healthy')
  await expect(fleet.getByRole('link')).toHaveCount(1)
  await page.goto('/operator?drift=uncompared&search=ember')
  await expect(fleet.getByRole('row').filter({ hasText: 'ember' })).toBeVisible()
  await page.goto('/operator?drift=drifted')
  await expect(page.getByRole('button', { name: 'Lift the filter Drifted' })).toBeVisible()
  await expect(fleet.getByRole('link')).toHaveCount(0)
})

test('an operator asks how any company is connected; an administrator is told of their own alone', async ({
  page,
  browser,
}) => {
  const path = '/api/debug/tenant-connection'
  await actAs(page, people.opal)
  const asked = await page.request.get(`${path}?tenant=acme`)
  expect(asked.status()).toBe(200)
  expect(await asked.json()).toMatchObject({
    success: true,
    canQuery: true,
    tenant: { slug: 'acme' },
    identity: 'proven',
    diagnostics: [],
  })
  const other = await browser.newContext()
  const finn = await other.newPage()
  await actAs(finn, people.finn)
  expect(await (await finn.request.get(path)).json()).toMatchObject({ success: true, tenant: { slug: 'cedar' } })
  const foreign = await finn.request.get(`${path}?tenant=acme`)
  expect(foreign.status()).toBe(403)
  const told = await foreign.text()
  expect(JSON.parse(told)).toMatchObject({ success: false, canQuery: false, tenant: null, configuration: null })
  expect(told).not.toContain('acme')
  await other.close()
})

test('an operator reads in a company for a reason, changes nothing, and is seen and shown out by its owner', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const reason = `Ticket ${randomUUID().slice(0, 8)}: totals of a quote differ`
  await signIn(page, people.opal, '/operator/tenants/acme')
  await page.getByRole('button', { name: 'Open access' }).click()
  const dialog = page.getByRole('dialog', { name: `Look into ${people.ada.company}` })
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Open and enter' }).click()
  await expect(dialog.getByText('Fill this in.')).toBeVisible()
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByLabel('Minutes').fill('10')
  await dialog.getByRole('button', { name: 'Open and enter' }).click()
  await page.waitForURL('**/accounts')
  await expect(page.getByText('You read here as support: nothing can be changed')).toBeVisible()
  await expect(page.getByRole('link', { name: 'New account' })).toHaveCount(0)
  await page.getByRole('table', { name: 'Accounts' }).getByRole('link').first().click()
  await page.waitForURL('**/accounts/*')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  expect(await faultsOf(page)).toEqual([])
  const refused = await page.request.post('/api/trpc/accounts.create', { data: { name: 'Planted' } })
  expect(refused.status()).toBe(403)

  const other = await browser.newContext()
  const ada = await other.newPage()
  await signIn(ada, people.ada)
  await expect(ada.getByText(`${people.opal.name} can read in your company as support`)).toBeVisible()
  await ada.getByRole('link', { name: 'See who and why' }).click()
  const visit = ada.getByRole('listitem').filter({ hasText: reason })
  await expect(visit.getByText('Active now')).toBeVisible()
  expect(await faultsOf(ada)).toEqual([])
  await visit.getByRole('button', { name: 'End access' }).click()
  await expect(visit.getByText('Ended', { exact: true })).toBeVisible()
  await ada.goto('/settings/audit?action=support.ended')
  await expect(ada.getByText('ended support access').first()).toBeVisible()
  await other.close()

  expect((await page.request.get('/api/trpc/accounts.list?input={}')).status()).toBe(403)
  await page.goto('/contacts')
  await expect(page.getByText('Your support access is over')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the console' }).click()
  await expect(page.getByRole('table', { name: 'Fleet' })).toBeVisible()
})

test('the console is closed to everybody who does not run the installation', async ({ page }) => {
  await signIn(page, people.ivy, '/operator')
  await expect(page.getByRole('heading', { name: 'The console is for operators' })).toBeVisible()
  await page.goto('/operator/tenants/acme')
  await expect(page.getByText('Acme Photo Booths')).toHaveCount(0)
  expect((await page.request.get('/api/trpc/operator.tenants?input={}')).status()).toBe(403)
})
