import type { Account } from '@tenantry/contracts/accounts'
import type { Attachment } from '@tenantry/contracts/attachments'
import type { CatalogItem } from '@tenantry/contracts/catalog-items'
import type { Contact } from '@tenantry/contracts/contacts'
import type { Event } from '@tenantry/contracts/events'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Task } from '@tenantry/contracts/tasks'
import type { TaskTemplate } from '@tenantry/contracts/task-templates'
import { createHash, randomBytes } from 'node:crypto'
import { onlyOneOf } from '../refusals.ts'
import { count, dayFromNow, shareOut, type Year } from '../year.ts'
import { at, type Customer } from './win-customers.ts'

/** Tasks, notes, calls, files, duplicates, and what people take back. */
export async function workAtTheDesk(year: Year, customers: readonly Customer[]): Promise<void> {
  await planTasks(year)
  await addFields(year)
  await shareOut(year, customers, async ({ accountId, contactId, opportunity }, clerk, index) => {
    const links = [
      { entity: 'account', id: accountId },
      { entity: 'opportunity', id: opportunity.id },
    ]
    await clerk.create('notes', { bodyMarkdown: `They like **blue** (${index}).`, links, isPinned: index % 9 === 0 })
    await clerk.create('communications', {
      channel: 'call',
      direction: 'inbound',
      occurredAt: new Date().toISOString(),
      subject: `Call ${index}`,
      durationSeconds: 60 + year.random(600),
      links,
    })
    const task = await clerk.create<Task>('tasks', { title: `Call back ${index}`, dueOn: dayFromNow(3), links })
    if (index % 3 === 1) {
      const account = await clerk.byId<Account>('accounts', accountId)
      const custom = { rating: ['gold', 'silver'][index % 2], visits: year.random(20) }
      const valued = await clerk.change<Account>('accounts', 'patch', { ...at(account), patch: { custom } })
      await clerk.change('accounts', 'patch', { ...at(valued), patch: { custom: { visits: null } } })
      count(year, 'accounts with fields of the company')
    }
    const done = await clerk.change<Task>('tasks', 'patch', { ...at(task), patch: { status: 'done', outcome: 'Fine' } })
    if (index % 4 === 0) await takeBack(year, 'tasks', done.id)
    count(year, 'tasks')
    if (index % 3 === 0) await keepFile(year, index, links)
    if (index % 5 === 0) await mergeDuplicate(year, accountId, index)
    if (index % 5 === 1) await mergeContact(year, contactId, index)
    if (index % 5 === 2) {
      const account = await clerk.byId<Account>('accounts', accountId)
      const patches = ['Berlin', 'Hamburg'].map((billingCity) =>
        clerk.change<Account>('accounts', 'patch', { ...at(account), patch: { billingCity, paymentTermsDays: 21 } }),
      )
      await onlyOneOf(patches, ['STALE_WRITE'])
      await takeBack(year, 'accounts', accountId)
    }
  })
  await priceCatalogue(year)
}

/** Fields of the company's own. */
async function addFields({ owner }: Year): Promise<void> {
  const options = ['gold', 'silver'].map((key) => ({ key, label: key.toUpperCase() }))
  const field = { entity: 'account', key: 'rating', label: 'Rating', type: 'select', options }
  await owner.mutate('customFields.create', field)
  await owner.mutate('customFields.create', { entity: 'account', key: 'visits', label: 'Visits', type: 'number' })
}

/** Takes the newest change of a record back. */
async function takeBack({ owner, counts }: Year, router: string, id: string): Promise<void> {
  const { rows } = await owner.query<Page<RecordChange>>(`${router}.timeline`, { id, limit: 1 })
  await owner.mutate(`${router}.undo`, { id, changeId: rows[0]?.id })
  count({ counts } as Year, 'changes taken back')
}

/** For each event what is to be done before and after; a date that moves takes its tasks along. */
async function planTasks(year: Year): Promise<void> {
  const { owner } = year
  const item = (title: string, offsetDays: number) => ({ title, offsetDays, remindDaysBefore: [1] })
  const items = [item('Pack the booth', -1), item('Ask for photos', 7)]
  const template = await owner.mutate<TaskTemplate>('taskTemplates.create', { name: 'Every event', items })
  const { rows: events } = await owner.query<Page<Event>>('events.list', { limit: 200 })
  await shareOut(year, events, async ({ id: eventId }, clerk) => {
    const tasks = await clerk.change<Task[]>('tasks', 'plan', { templateId: template.id, eventId })
    count(year, 'tasks planned', tasks.length)
  })
}

async function keepFile(year: Year, index: number, links: object[]): Promise<void> {
  const { owner } = year
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000 + index)])
  const said = new URLSearchParams({ fileName: `Plan ${index}.pdf`, links: JSON.stringify(links) })
  const stored = await owner.upload<Attachment>(`/api/files/attachments?${said}`, bytes)
  const back = await owner.download(`/api/files/attachments/${stored.id}`)
  if (hash(back) !== hash(bytes)) throw new Error('a file came back as another one')
  if (index % 9 === 0) await owner.mutate('attachments.remove', at(stored))
  count(year, 'files')
}

/** Somebody entered the company a second time; the two become one. */
async function mergeDuplicate(year: Year, accountId: string, index: number): Promise<void> {
  const { owner } = year
  const twin = await owner.mutate<Account>('accounts.create', {
    name: `Twin ${index}`,
    website: 'https://twin.example',
  })
  await owner.mutate('notes.create', { bodyMarkdown: 'Of the twin', links: [{ entity: 'account', id: twin.id }] })
  const kept = await owner.query<Account>('accounts.byId', { id: accountId })
  await owner.mutate('accounts.merge', { kept: at(kept), merged: at(twin), take: ['website'] })
  count(year, 'duplicates merged')
}

async function mergeContact(year: Year, contactId: string, index: number): Promise<void> {
  const { owner } = year
  const points = [{ kind: 'phone', value: `+4940${1_000_000 + index}` }]
  const twin = await owner.mutate<Contact>('contacts.create', { firstName: 'Twin', lastName: `${index}`, points })
  const kept = await owner.query<Contact>('contacts.byId', { id: contactId })
  await owner.mutate('contacts.merge', { kept: at(kept), merged: at(twin), take: [] })
  count(year, 'duplicates merged')
}

async function priceCatalogue({ owner }: Year): Promise<void> {
  const { rows } = await owner.query<Page<CatalogItem>>('catalogItems.list', { limit: 200 })
  for (const [index, entry] of rows.entries()) {
    const priced = await owner.mutate<CatalogItem>('catalogItems.patch', {
      ...at(entry),
      patch: { priceMinor: 1_000 * (index + 1) },
    })
    if (index === 0) await owner.mutate('catalogItems.archive', at(priced))
  }
  await owner.mutate('locations.create', { name: 'At the lake', city: 'Potsdam', timeZone: 'Europe/Berlin' })
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
