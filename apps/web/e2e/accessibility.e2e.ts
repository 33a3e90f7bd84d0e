import { consolePages, everyPage } from './pages.ts'
import { actAs, people, signIn } from './people.ts'
import { documentAddresses, openLink } from './sent-documents.ts'
import { expectSound } from './sound.ts'
import { test } from './test.ts'

test.describe.configure({ mode: 'parallel' })
test.use({ colorScheme: 'dark', contextOptions: { reducedMotion: 'reduce' } })

test('axe finds no fault on any page, and none is wider than the screen', async ({ page }) => {
  test.setTimeout(600_000)
  await page.goto('/sign-in')
  await expectSound(page, 'sign-in')
  await actAs(page, people.ada)
  for (const { name, path } of await everyPage(page)) {
    await page.goto(path)
    await expectSound(page, name)
  }
})

test('axe finds no fault on any page of the operator console', async ({ page }) => {
  test.setTimeout(600_000)
  await actAs(page, people.opal)
  for (const { name, path } of consolePages) {
    await page.goto(path)
    await expectSound(page, name)
  }
})

test('axe finds no fault on what customers open', async ({ page, browser }) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ada)
  for (const { name, path } of await documentAddresses(staff)) {
    await openLink(page, path)
    await expectSound(page, name)
  }
  await staff.context().close()
})

test('axe finds no fault while the database is away', async ({ page }) => {
  await signIn(page, people.hana)
  await page.getByText('cannot be reached').first().waitFor()
  await expectSound(page, 'database away')
})
