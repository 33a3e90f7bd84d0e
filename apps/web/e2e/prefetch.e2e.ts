import { everyPage, settled } from './pages.ts'
import { people, signIn } from './people.ts'
import { expect, test } from './test.ts'

/** What each page shows first, and must therefore bring along. */
const broughtBy: Record<string, string[]> = {
  accounts: ['accounts.list', 'accounts.count'],
  account: ['accounts.byId', 'accounts.timeline', 'customFields.list'],
  contacts: ['contacts.list', 'contacts.count'],
  contact: ['contacts.byId', 'contacts.timeline', 'customFields.list'],
  opportunities: ['opportunities.list', 'opportunities.count'],
  opportunity: ['opportunities.byId', 'opportunities.timeline', 'customFields.list'],
  board: ['opportunities.board'],
  'settings-members': ['members.list'],
  'settings-fields': ['customFields.list'],
  'settings-support': ['support.list'],
}
const broughtByAll = ['session.view', 'tenant.settings']

test('pages come with their data: the browser does not ask for it again', async ({ page }) => {
  test.setTimeout(120_000)
  await signIn(page, people.omar)
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/trpc/')) asked.push(...pathname.slice('/api/trpc/'.length).split(','))
  })
  for (const { name, path } of await everyPage(page)) {
    const brought = [...broughtByAll, ...(broughtBy[name] ?? [])]
    asked.length = 0
    await page.goto(path)
    await settled(page)
    expect({ [name]: asked.filter((procedure) => brought.includes(procedure)) }).toEqual({ [name]: [] })
  }
})
