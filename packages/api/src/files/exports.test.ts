import { viewedLists, type ViewedEntity } from '@tenantry/contracts/viewed-lists'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

async function exported(slug: Slug, route: string): Promise<{ answer: Response; lines: string[] }> {
  const answer = await (await served.as(slug)).file(`exports/${route}`)
  return { answer, lines: (await answer.text()).trimEnd().split('\n') }
}

test.each(['alder', 'cypress'] as const)('the list of %s is saved with the rows it has, in its order', async (slug) => {
  const owner = await served.as(slug)
  for (const name of ['Čapek, Praha', 'Ambrose "Amby"', 'Berlin Booths'])
    await owner.call('accounts.create', { name, billingCity: name === 'Berlin Booths' ? 'Berlin' : 'Prague' })
  const { answer, lines } = await exported(
    slug,
    `account.csv?columns=name,billingCity&query=${encodeURIComponent(JSON.stringify({ filters: { city: 'Prague' }, sort: 'name' }))}`,
  )
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="accounts.csv"; filename*=UTF-8''accounts.csv`,
    'cache-control': 'private, no-store',
    'accept-ranges': 'none',
  })
  expect(lines).toEqual(['name,billingCity', '"Ambrose ""Amby""",Prague', '"Čapek, Praha",Prague'])
})

test('what a spreadsheet would run is made a text', async () => {
  const owner = await served.as('birch')
  for (const name of ['=HYPERLINK("https://evil.example")', '+1+1', '-2', '@SUM(A1)', '\tTab'])
    await owner.call('contacts.create', { lastName: 'Formula', jobTitle: name })
  const { lines } = await exported('birch', 'contact.csv?columns=jobTitle')
  expect(lines).toHaveLength(6)
  for (const line of lines.slice(1)) expect(line).toMatch(/^"?'|^Tab$/)
})

test('a list of many pages is saved whole, each row once, and the rows of a neighbour are not among them', async () => {
  const { admin, tenantIdInDataSource } = served.world.tenants.birch
  await lookInto(
    admin,
    `insert into crm.accounts (tenant_id, name) select $1, 'Company ' || lpad(n::text, 4, '0') from generate_series(1, 1050) n`,
    [tenantIdInDataSource],
  )
  const { lines } = await exported('birch', 'account.csv?columns=name')
  expect(lines.slice(1).filter((line) => line.startsWith('Company'))).toHaveLength(1_050)
  expect(new Set(lines).size).toBe(lines.length)
  expect(lines.join()).not.toMatch(/Berlin Booths|Ambrose/)
})

test.each(Object.keys(viewedLists) as ViewedEntity[])('%s can be exported with all its columns', async (list) => {
  const { answer, lines } = await exported('alder', `${list}.csv`)
  expect(answer.status).toBe(200)
  const own = Object.keys(viewedLists[list].row.shape).filter((column) => column !== 'custom')
  expect(lines[0]).toBe(own.join(','))
})

test('a custom field is a column of its own, and its values stand in it', async () => {
  const owner = await served.as('birch')
  const field = { entity: 'location', label: 'Rating' } as const
  await owner.call('customFields.create', { ...field, key: 'rating', type: 'number' })
  const options = [{ key: 'a', label: 'A' }]
  await owner.call('customFields.create', { ...field, key: 'tags', type: 'multi_select', options })
  await owner.call('locations.create', { name: 'Hall', timeZone: 'UTC', custom: { rating: 5, tags: ['a'] } })
  await owner.call('locations.create', { name: 'Yard', timeZone: 'UTC' })
  const { lines } = await exported('birch', 'location.csv')
  expect(lines[0]).toMatch(/,custom\.rating,custom\.tags$/)
  const named = await exported('birch', 'location.csv?columns=name,custom.tags,custom.rating,custom.nowhere')
  expect(named.lines.slice(1)).toEqual(['Hall,"[""a""]",5,', 'Yard,,,'])
  expect((await exported('birch', 'attachment.csv?columns=custom.rating')).answer.status).toBe(400)
})

test('a list, a column, a filter that there is not is named, and nothing is sent', async () => {
  const owner = await served.as('alder')
  for (const [route, field] of [
    ['secret.csv', 'list'],
    ['account.csv?columns=name,password_hash', 'columns'],
    [`account.csv?query=${encodeURIComponent('{"filters":{"status":["nonsense"]}}')}`, 'query.filters.status.0'],
    [`account.csv?query=${encodeURIComponent('{"limit":1}')}`, 'query'],
  ] as const) {
    const answer = await owner.file(`exports/${route}`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`"${field}"`)
  }
  expect((await served.stranger().file('exports/account.csv')).status).toBe(401)
})

test('whoever only reads goes on reading, and takes no list away, nor does a program in their place', async () => {
  const reader = await served.as('alder', 'read_only')
  expect((await reader.ask('accounts.list', {})).outcome).toBe('ok')
  const refused = await reader.file('exports/account.csv')
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { data: { code: 'FORBIDDEN' } } }])
  const { secret } = await (await served.as('alder')).call('apiKeys.create', { name: 'Reader', role: 'read_only' })
  const answer = await fetch(`http://127.0.0.1:${served.port}/api/files/exports/account.csv`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  expect(answer.status).toBe(403)
  expect((await (await served.as('alder', 'member')).file('exports/account.csv')).status).toBe(200)
})

test('a program exports with its key, and with nothing else', async () => {
  const { secret } = await (await served.as('alder')).call('apiKeys.create', { name: 'Backup', role: 'member' })
  const ask = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${served.port}/api/files/exports/account.csv?columns=name`, { headers })
  const { cookie = '' } = await served.as('birch')
  const answer = await ask({ authorization: `Bearer ${secret}`, cookie })
  expect(await answer.text()).toContain('Berlin Booths')
  expect((await ask({ authorization: 'Bearer tenantry_nonsense', cookie })).status).toBe(401)
})
