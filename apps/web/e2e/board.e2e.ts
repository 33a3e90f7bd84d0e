import type { Locator, Page } from '@playwright/test'
import { actAs, people } from './people.ts'
import { expect, test } from './test.ts'

test('a card goes to the next stage by keyboard alone, and screen readers are told', async ({ page }) => {
  const { card, next, name } = await openBoard(page)
  const saved = page.waitForResponse((response) => response.url().includes('opportunities.move'))
  // The board listens for keys only once its scripts run, which no mark on the page tells.
  await expect(async () => {
    await card.focus()
    await page.keyboard.press('Space')
    await expect(announcement(page)).toContainText('You have lifted an item', { timeout: 1000 })
  }).toPass()
  await page.keyboard.press('ArrowRight')
  await expect(announcement(page)).toContainText('You have moved the item')
  await page.keyboard.press('Space')
  await expect(announcement(page)).toContainText('You have dropped the item')
  expect((await saved).status()).toBe(200)
  await page.reload()
  await expect(next.getByRole('article', { name, exact: true })).toBeVisible()
})

test('a card goes to the next stage by mouse', async ({ page }) => {
  const { card, next, name } = await openBoard(page)
  const saved = page.waitForResponse((response) => response.url().includes('opportunities.move'))
  const [from, to] = await Promise.all([card.boundingBox(), next.boundingBox()])
  if (from === null || to === null) throw new Error('the board is not laid out')
  await page.mouse.move(from.x + 20, from.y + from.height - 8)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + from.height, { steps: 5 })
  await page.mouse.move(to.x + to.width / 2, to.y + 140, { steps: 20 })
  await expect(announcement(page)).toContainText('You have moved the item')
  await page.mouse.up()
  expect((await saved).status()).toBe(200)
  await page.reload()
  await expect(next.getByRole('article', { name, exact: true })).toBeVisible()
})

/** The first card of the first stage, and the stage to its right. */
async function openBoard(page: Page): Promise<{ card: Locator; next: Locator; name: string }> {
  await actAs(page, people.ben)
  await page.goto('/opportunities/board', { waitUntil: 'networkidle' })
  const stages = page.getByRole('region', { name: 'Stages' }).getByRole('region')
  const card = stages.first().getByRole('article').first()
  const name = (await card.getAttribute('aria-label')) ?? ''
  await expect(stages.nth(1).getByRole('article', { name, exact: true })).toHaveCount(0)
  return { card, next: stages.nth(1), name }
}

function announcement(page: Page): Locator {
  return page.locator('[aria-live=assertive]').first()
}
