import { everyPage, settled } from './pages.ts'
import { actAs, people } from './people.ts'
import { recordsOf } from './records.ts'
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

test('pages come with their data, which the browser does not ask for again, and carry nothing of another company, in the same database or elsewhere', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000)
  const others = [people.ada, people.finn, people.omar]
  const foreign = await Promise.all(others.map((person) => recordsOf(browser, person)))
  const ids = foreign.flat().map(({ id }) => id)
  expect(ids.length).toBeGreaterThan(100)
  await actAs(page, people.ivy)
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
    // The whole document: what is shown and what was sent along for the scripts.
    const html = await page.content()
    expect(ids.filter((id) => html.includes(id))).toEqual([])
    for (const { company } of others) expect(html).not.toContain(company)
  }
})
