import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { consolePages, everyPage, settled } from './pages.ts'
import { people, signIn } from './people.ts'
import { expect, test } from './test.ts'

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

test.describe.configure({ mode: 'parallel' })

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('axe finds no fault on any page, and none is wider than the screen', async ({ page }) => {
      test.setTimeout(600_000)
      await page.goto('/sign-in')
      await expectSound(page, 'sign-in')
      await signIn(page, people.ada)
      for (const { name, path } of await everyPage(page)) {
        await page.goto(path)
        await expectSound(page, name)
      }
    })

    test('axe finds no fault on any page of the operator console', async ({ page }) => {
      test.setTimeout(600_000)
      await signIn(page, people.opal, '**/operator')
      for (const { name, path } of consolePages) {
        await page.goto(path)
        await expectSound(page, name)
      }
    })

    test('axe finds no fault while the database is away', async ({ page }) => {
      await signIn(page, people.hana)
      await page.getByText('cannot be reached').first().waitFor()
      await expectSound(page, 'database away')
    })
  })
}

/** The same page on a desktop and on a phone; it follows the size of its window without being loaded again. */
async function expectSound(page: Page, name: string): Promise<void> {
  await settled(page)
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    const { violations } = await new AxeBuilder({ page }).analyze()
    const faults = violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect({ name, size, faults, tooWide }).toEqual({ name, size, faults: [], tooWide: 0 })
  }
}
