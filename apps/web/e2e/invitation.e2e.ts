import { lookInto } from '@tenantry/testing/look-into'
import type { Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { applicationDatabase, tenantry } from './demo-command.ts'
import { expect, test } from './test.ts'

const useless = 'This invitation was used, was replaced or is too old. Ask for a new one.'

interface Invited {
  slug: string
  email: string
  /** Behind the # of the link. */
  token: string
}

/** A company of its own, whose owner has a link and no password yet. */
async function invite(): Promise<Invited> {
  const slug = `e2e-${randomBytes(4).toString('hex')}`
  const email = `owner@${slug}.example`
  const settings = '--trade dj --server north --time-zone Europe/Berlin --locale en-GB --currency EUR'.split(' ')
  const who = ['--name', 'Larch Lights', '--owner-email', email, '--owner-name', 'Lina Larch']
  const { invitation } = await tenantry<{ invitation: { link: string } }>('tenant', 'create', slug, ...who, ...settings)
  return { slug, email, token: tokenIn(invitation.link) }
}

async function inviteAgain({ slug, email }: Invited): Promise<string> {
  return tokenIn((await tenantry<{ link: string }>('tenant', 'invite', slug, email)).link)
}

function tokenIn(link: string): string {
  return new URL(link).hash.slice(1)
}

/** Another link in the same tab is only another hash, for which no page is loaded. */
async function open(page: Page, token: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`/invitation#${token}`)
}

test('who is invited chooses a password and is signed in; the link works once, and none that was replaced', async ({
  page,
  browser,
}) => {
  const invited = await invite()
  const token = await inviteAgain(invited)
  await open(page, invited.token)
  await expect(page.getByText(useless)).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveCount(0)

  await open(page, token)
  await expect(
    page.getByText(`Welcome to Larch Lights, Lina Larch. You will sign in as ${invited.email}.`),
  ).toBeVisible()
  const save = page.getByRole('button', { name: 'Save and sign in' })
  await page.getByLabel('Password').fill('too short')
  await save.click()
  await expect(page.getByText('at least 12 characters')).toBeVisible()
  const password = 'seven long winters'
  await page.getByLabel('Password').fill(password)
  await save.click()
  await page.waitForURL('**/accounts')
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeVisible()

  await open(page, token)
  await expect(page.getByText(useless)).toBeVisible()

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto('/sign-in', { waitUntil: 'networkidle' })
  await elsewhere.getByLabel('E-mail').fill(invited.email)
  await elsewhere.getByLabel('Password', { exact: true }).fill(password)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.waitForURL('**/accounts')
  await elsewhere.context().close()
})

test('a link that is too old, while it is looked at or before, says so; another one leads in', async ({ page }) => {
  const invited = await invite()
  await open(page, invited.token)
  const save = page.getByRole('button', { name: 'Save and sign in' })
  await page.getByLabel('Password').fill('seven long winters')
  await lookInto(
    applicationDatabase(),
    `update app.invitations i set expires_at = now() - interval '1 second'
     from app.users u where u.id = i.user_id and u.email = $1`,
    [invited.email],
  )
  await save.click()
  await expect(page.getByText(useless)).toBeVisible()
  await open(page, invited.token)
  await expect(page.getByText(useless)).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveCount(0)

  await open(page, await inviteAgain(invited))
  await page.getByLabel('Password').fill('seven long winters')
  await save.click()
  await page.waitForURL('**/accounts')
})

test('a link without its end says that it is none', async ({ page }) => {
  for (const token of ['', 'abc']) {
    await open(page, token)
    await expect(page.getByText(useless)).toBeVisible()
  }
})
