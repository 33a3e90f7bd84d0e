import type { Page } from '@playwright/test'
import { actAs, people } from './people.ts'
import { call, openLink, sentQuote } from './sent-documents.ts'
import { expect, test } from './test.ts'

test('an acceptance is taken back beside its opportunity, which the customer sees, and the revision is signed by hand and kept', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage()
  await actAs(staff, people.ada)
  const opportunity = { name: 'A party that is offered twice', amountMinor: 1_000, currency: 'USD' }
  const { id: opportunityId } = await call<{ id: string }>(staff, 'opportunities.create', opportunity)
  const quote = await sentQuote(staff, 'USD', { opportunityId })
  await call(staff, 'quotes.accept', { id: quote.id, version: quote.version, name: 'Ada Byron' })
  await staff.goto(`/opportunities/${opportunityId}`)
  const card = staff.getByRole('region', { name: 'Quotes' })
  await card.getByRole('button', { name: 'Withdraw acceptance' }).click()
  await staff.getByLabel('Reason').fill('The price was of last year')
  await staff.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await expect(card.getByText('Withdrawn', { exact: true })).toBeVisible()
  await expect(card.getByText('Void')).toBeVisible()
  await openLink(page, `/public/quote#${quote.token}`)
  await expect(page.getByText('has withdrawn this quote')).toBeVisible()
  await expect(page.getByText('last year')).toHaveCount(0)

  const { rows } = await ask<{ rows: Sent[] }>(staff, 'quotes.list', { filters: { opportunityId } })
  const { id, version } = await call<Sent>(staff, 'quotes.revise', { id: quote.id, version: rows[0]?.version })
  const { token } = await call<{ token: string }>(staff, 'quotes.send', { id, version })
  const accepted = await call<{ contractToken: string }>(page, 'public.acceptQuote', { token, name: 'Ada Byron' })
  await openLink(page, `/public/contract#${accepted.contractToken}`)
  await page.getByLabel('Draw my signature').check()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Sign contract' }).click()
  await expect(page.getByText('Please draw your signature.')).toBeVisible()
  await draw(page)
  await page.getByRole('button', { name: 'Sign contract' }).click()
  await expect(page.getByText('You signed on')).toBeVisible()
  await expect(async () => {
    await staff.reload()
    await expect(card.getByRole('link', { name: /^Signed PDF/ })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await staff.context().close()
})

async function draw(page: Page): Promise<void> {
  const pad = page.getByRole('group', { name: /^Draw your signature here/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('there is no place to draw')
  const { x, y, width, height } = box
  await page.mouse.move(x + width * 0.2, y + height * 0.7)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.4, y + height * 0.2, { steps: 5 })
  await page.mouse.move(x + width * 0.6, y + height * 0.8, { steps: 5 })
  await page.mouse.up()
}

/** A query, over HTTP. */
async function ask<Answer>(page: Page, path: string, input: object): Promise<Answer> {
  const answer = await page.request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  // The caller names what its own query answers.
  return ((await answer.json()) as { result: { data: Answer } }).result.data
}

type Sent = { id: string; version: number }
