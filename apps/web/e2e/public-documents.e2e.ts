import type { Page } from '@playwright/test'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoFolder } from './env.ts'
import { actAs, people } from './people.ts'
import { call, openLink, sentQuote, type SentQuote } from './sent-documents.ts'
import { expect, test } from './test.ts'

test('a customer goes from the link in a mail to a signed contract and a paid deposit, and no address tells a token', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ada)
  const quote = await sentQuote(staff)
  const link = await mailedLink(staff, quote)
  await staff.context().close()
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.url().split('#', 1)[0]} ${request.headers()['referer'] ?? ''}`))

  const opened = await page.goto(link)
  expect(opened?.headers()).toMatchObject({
    'cache-control': expect.stringContaining('no-store'),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow, noarchive',
  })
  await expect(page.getByRole('heading', { level: 1, name: `Quote ${quote.number}` })).toBeVisible()
  await expect(page.getByText('$1,437.15').first()).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PDF' }).click()
  expect((await saved).suggestedFilename()).toBe(`quote-${quote.number}.pdf`)

  await page.getByRole('button', { name: 'Accept quote' }).click()
  await expect(page.getByText('Please write your name.')).toBeVisible()
  await page.getByLabel('Your full name').fill('Ada Byron')
  await page.getByRole('button', { name: 'Accept quote' }).dblclick()
  await expect(page.getByText('Accepted by Ada Byron')).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  // Whoever comes back later finds the way on as well.
  await page.reload()
  await expect(page.getByText('Accepted by Ada Byron')).toBeVisible()
  await page.getByRole('button', { name: 'Read and sign the contract' }).click()

  await page.waitForURL('**/public/contract#*')
  await expect(page.getByRole('heading', { level: 1, name: 'Contract' })).toBeVisible()
  const fingerprint = page.locator('code').filter({ hasText: /^[0-9a-f]{64}$/ })
  const read = await fingerprint.textContent()
  await page.getByLabel('Your full name').fill('Ada Byron')
  await page.getByRole('button', { name: 'Sign contract' }).click()
  await expect(page.getByText('Please confirm that you agree.')).toBeVisible()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Sign contract' }).click()
  await expect(page.getByText('You signed on')).toBeVisible()
  await expect(fingerprint).toHaveText(read ?? '')
  await page.getByRole('link', { name: 'See what is due now' }).click()

  await page.waitForURL('**/public/invoice#*')
  await expect(page.getByRole('heading', { level: 1, name: 'Deposit invoice' })).toBeVisible()
  await page.getByLabel('Card').selectOption('A card that is declined')
  await page.getByRole('button', { name: 'Pay $' }).click()
  await expect(page.getByText('nothing was charged')).toBeVisible()
  await page.getByLabel('Card').selectOption('A provider that does not answer')
  await page.getByRole('button', { name: 'Pay $' }).click()
  await expect(page.getByText('nothing is charged twice')).toBeVisible()
  // The payment that was begun keeps its part of the invoice; it is taken up again, and not paid a second time.
  await page.reload()
  await page.getByRole('button', { name: 'Pay $431.15' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Paid' })).toBeVisible()

  const tokens = [quote.token, new URL(link).hash.slice(1), new URL(page.url()).hash.slice(1)]
  for (const token of tokens) expect(asked.filter((address) => address.includes(token))).toEqual([])
})

test('a customer takes what is optional and pays the deposit of that once however often it is clicked, though it takes a while', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ivy)
  const quote = await sentQuote(staff, 'EUR')
  await staff.context().close()
  await openLink(page, `/public/quote#${quote.token}`)
  const option = page.getByRole('checkbox', { name: 'Second attendant' })
  await expect(page.getByText('1.437,15 €')).toHaveCount(2)
  await option.check()
  await expect(page.getByText('1.633,13 €')).toHaveCount(2)
  await page.getByLabel('Ihr vollständiger Name').fill('Ada Byron')
  await page.getByRole('button', { name: 'Angebot annehmen' }).click()
  await expect(page.getByText('Angenommen von Ada Byron')).toBeVisible()
  await expect(option).toHaveCount(0)
  await expect(page.getByText('1.633,13 €')).toHaveCount(1)
  await page.getByRole('link', { name: 'Vertrag lesen und unterschreiben' }).click()
  await page.getByLabel('Ihr vollständiger Name').fill('Ada Byron')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Vertrag unterschreiben' }).click()
  await page.getByRole('link', { name: 'Ansehen, was jetzt fällig ist' }).click()
  await page.getByLabel('Karte').selectOption('Eine Zahlung, die etwas dauert')
  await page.getByRole('button', { name: '489,94 € bezahlen' }).dblclick()
  await expect(page.getByText('Die Zahlung ist unterwegs.')).toBeVisible()
  await page.getByRole('button', { name: 'Nachsehen, ob sie angekommen ist' }).click()
  await expect(page.getByText('Vielen Dank!')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 2, name: 'Bezahlt' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'bezahlen' })).toHaveCount(0)
})

test('a link that opens nothing says the same whatever is wrong with it, and names nobody', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ada)
  const { token } = await sentQuote(staff)
  await staff.context().close()
  const unknown = randomBytes(32).toString('base64url')
  const said = new Set<string>()
  for (const path of ['quote#', 'quote#abc', `quote#${unknown}`, `contract#${token}`, `invoice#${token}`]) {
    await openLink(page, `/public/${path}`)
    await expect(page.getByRole('heading', { level: 1, name: 'This link is not valid' })).toBeVisible()
    said.add(await page.getByRole('main').innerText())
  }
  expect(said.size).toBe(1)
  expect([...said].join('')).not.toMatch(/acme|quote|contract|invoice/i)
})

test('while the database is away the page asks to try again, and a suspended company takes no answers', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ada)
  const quote = await sentQuote(staff)
  await staff.context().close()
  const refuse = (path: string, code: string, status: number) =>
    page.route(`**/api/trpc/public.${path}`, (route) => {
      const data = { code, httpStatus: status, requestId: 'tests' }
      return route.fulfill({ status, json: { error: { message: 'refused', code: -32603, data } } })
    })
  await refuse('quote', 'TENANT_DATABASE_UNREACHABLE', 503)
  await refuse('seeQuote', 'TENANT_SUSPENDED', 403)
  await openLink(page, `/public/quote#${quote.token}`)
  await expect(page.getByText('Nothing is lost.')).toBeVisible()
  await page.unroute('**/api/trpc/public.quote')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Quote ${quote.number}` })).toBeVisible()
  await expect(page.getByText('takes no answers here at the moment')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Accept quote' })).toHaveCount(0)
})

/** Sends the quote by mail, and reads the mail as its recipient does. */
async function mailedLink(staff: Page, { id, version, email }: SentQuote): Promise<string> {
  const request = { id, version, to: email, message: 'Here it is.', idempotencyKey: randomUUID() }
  const mail = await call<{ id: string }>(staff, 'quotes.mail', request)
  const file = join(demoFolder, 'mailbox', `${mail.id}@localhost.eml`)
  await expect.poll(() => existsSync(file)).toBe(true)
  const text = readFileSync(file, 'utf8')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll('=3D', '=')
  const [link] = /http\S+\/public\/quote#[\w-]{43}/.exec(text) ?? []
  if (link === undefined) throw new Error('the mail holds no link')
  return link
}
