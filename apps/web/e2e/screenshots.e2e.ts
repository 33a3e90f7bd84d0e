import { test } from '@playwright/test'
import { join } from 'node:path'
import { consolePages, everyPage, settled } from './pages.ts'
import { people, signIn } from './people.ts'
import { documentAddresses, openLink } from './sent-documents.ts'

/** Pictures of every page for eyes, not for comparison: `pnpm --filter @tenantry/web screenshots`. */
const folder = join(import.meta.dirname, '..', 'screenshots')
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${size} ${colorScheme}`, async ({ browser }) => {
      test.setTimeout(300_000)
      const context = await browser.newContext({ viewport, colorScheme })
      const page = await context.newPage()
      const take = (name: string) =>
        page.screenshot({ path: join(folder, size, colorScheme, `${name}.png`), animations: 'disabled' })
      await page.goto('/sign-in')
      await settled(page)
      await take('sign-in')
      await signIn(page, people.ada)
      for (const { name, path } of await everyPage(page)) {
        await page.goto(path)
        await settled(page)
        await take(name)
      }
      const addresses = await documentAddresses(page)
      await context.close()

      const customer = await (await browser.newContext({ viewport, colorScheme })).newPage()
      for (const { name, path } of addresses) {
        await openLink(customer, path)
        await settled(customer)
        await customer.screenshot({
          path: join(folder, size, colorScheme, `${name}.png`),
          animations: 'disabled',
          fullPage: true,
        })
      }
      await customer.context().close()

      const console = await browser.newContext({ viewport, colorScheme })
      const fleet = await console.newPage()
      await signIn(fleet, people.opal)
      for (const { name, path } of consolePages) {
        await fleet.goto(path)
        await settled(fleet)
        await fleet.screenshot({
          path: join(folder, size, colorScheme, `${name}.png`),
          animations: 'disabled',
          fullPage: true,
        })
      }
      await console.close()

      const away = await browser.newContext({ viewport, colorScheme })
      const dune = await away.newPage()
      await signIn(dune, people.hana)
      await dune.getByText('cannot be reached').first().waitFor()
      await dune.screenshot({ path: join(folder, size, colorScheme, 'database-away.png'), animations: 'disabled' })
      await away.close()
    })
  }
}
