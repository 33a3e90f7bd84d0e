import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { settled } from './pages.ts'

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

/** The same page on a desktop and on a phone; it follows the size of its window without being loaded again. */
export async function expectSound(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    const faults = await faultsOf(page)
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect({ name, size, faults, tooWide }).toEqual({ name, size, faults: [], tooWide: 0 })
  }
}

/** What axe finds in a page as it is now, an open dialog with it: each rule and where it is broken. */
export async function faultsOf(page: Page): Promise<string[]> {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
