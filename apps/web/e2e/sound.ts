import { expect, type Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'
import { settled } from './pages.ts'

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

/** One look differs from the other in colors alone. */
const looks = [
  { look: 'light', rules: {} },
  { look: 'dark', rules: { runOnly: ['color-contrast', 'link-in-text-block'] } },
] satisfies { look: 'light' | 'dark'; rules: RunOptions }[]

/** The same page on a desktop and on a phone, light and dark; it follows both without being loaded again. */
export async function expectSound(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const { look, rules } of looks) {
      await page.emulateMedia({ colorScheme: look })
      await expect(page.locator('html')).toContainClass(look)
      const faults = await faultsOf(page, rules)
      expect({ name, size, look, faults }).toEqual({ name, size, look, faults: [] })
    }
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect({ name, size, tooWide }).toEqual({ name, size, tooWide: 0 })
  }
}

/** What axe finds in a page as it is now, an open dialog with it: each rule and where it is broken. */
export async function faultsOf(page: Page, options: RunOptions = {}): Promise<string[]> {
  await settled(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // Of anything but a fault it would tell every place as well, which takes longer than finding them.
  const { violations } = await page.evaluate((chosen) => axe.run({ ...chosen, resultTypes: ['violations'] }), options)
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
