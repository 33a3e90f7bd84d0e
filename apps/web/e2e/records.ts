import type { Browser } from '@playwright/test'
import { actAs } from './people.ts'

/** What the lists of this person's company hold. */
export async function recordsOf(browser: Browser, person: { email: string }): Promise<{ id: string; name: string }[]> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await actAs(page, person)
  const lists = await Promise.all(
    ['accounts', 'contacts', 'opportunities'].map(async (entity) => {
      const answer = await page.request.get(`/api/trpc/${entity}.list?input=${encodeURIComponent('{"limit":100}')}`)
      const { result } = (await answer.json()) as { result: { data: { rows: { id: string; name: string }[] } } }
      return result.data.rows
    }),
  )
  await context.close()
  return lists.flat()
}
