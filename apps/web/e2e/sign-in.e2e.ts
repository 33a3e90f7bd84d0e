import type { APIRequestContext } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { actAs, password, people, signInByForm } from './people.ts'
import { expect, test } from './test.ts'

test('a wrong password is refused in words, a right one leads to the page that was wanted, and out again', async ({
  page,
}) => {
  await page.goto('/contacts?search=lee', { waitUntil: 'networkidle' })
  await expect(page).toHaveURL('/sign-in?from=%2Fcontacts%3Fsearch%3Dlee')
  await page.getByLabel('E-mail').fill(people.finn.email)
  await page.getByLabel('Password', { exact: true }).fill('not it')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/contacts?search=lee')
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible()

  await page.getByRole('button', { name: 'Your menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  await expect(page).toHaveURL('/sign-in')
  await page.goto('/accounts')
  await expect(page).toHaveURL('/sign-in?from=%2Faccounts')
})

test('the session is a row: the cookie is dead after sign-out, wherever it was copied to', async ({
  page,
  playwright,
}) => {
  await signInByForm(page, people.finn)
  const storageState = await page.context().storageState()
  const copy = await playwright.request.newContext({ storageState, baseURL: new URL(page.url()).origin })
  expect((await copy.get('/api/trpc/session.view')).status()).toBe(200)
  const sessions = (await (await copy.get('/api/trpc/session.list')).json()) as {
    result: { data: { isCurrent: boolean }[] }
  }
  expect(sessions.result.data.filter((session) => session.isCurrent)).toHaveLength(1)
  const left = await copy.post('/api/trpc/session.signOut', { data: {} })
  expect(left.status()).toBe(200)
  expect((await copy.get('/api/trpc/session.view')).status()).toBe(401)
  const later = await page.context().newPage()
  await later.goto('/contacts')
  await expect(later).toHaveURL(/\/sign-in\?from=%2Fcontacts$/)
  await copy.dispose()
})

test('the cookie is kept from scripts and from other sites', async ({ page }) => {
  await signInByForm(page, people.finn)
  const cookies = await page.context().cookies()
  const session = cookies.find((cookie) => cookie.name === 'next-auth.session-token')
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session-token')
})

test('no answer that depends on who asks may be kept', async ({ page, request }) => {
  await actAs(page, people.finn)
  for (const path of [
    '/accounts',
    '/api/trpc/accounts.list?input={}',
    '/api/auth/session',
    '/api/debug/tenant-connection',
  ]) {
    const answer = await page.request.get(path)
    expect([path, answer.status(), answer.headers()['cache-control']]).toEqual([
      path,
      200,
      expect.stringContaining('no-store'),
    ])
  }
  expect((await request.get('/api/debug/tenant-connection')).status()).toBe(401)
})

test('after ten wrong passwords the eleventh attempt waits, whether or not anybody has that address', async ({
  request,
}) => {
  const email = `${randomUUID()}@cedar.example`
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(await attemptSignIn(request, email, 'guess')).toBe('CredentialsSignin')
  }
  expect(await attemptSignIn(request, email, password)).toMatch(/^SIGN_IN_THROTTLED:\d+$/)
})

test('a sign-in without the token of the form is refused', async ({ request }) => {
  const form = { email: people.finn.email, password, json: 'true' }
  const answer = await request.post('/api/auth/callback/credentials', { form })
  expect(answer.headers()['set-cookie'] ?? '').not.toContain('session-token')
})

/** next-auth's way over HTTP, as the page walks it; the word of the refusal, or undefined when signed in. */
async function attemptSignIn(request: APIRequestContext, email: string, pass: string): Promise<string | null> {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const form = { email, password: pass, csrfToken, json: 'true' }
  const answer = await request.post('/api/auth/callback/credentials', { form })
  const { url } = (await answer.json()) as { url: string }
  return new URL(url).searchParams.get('error')
}
