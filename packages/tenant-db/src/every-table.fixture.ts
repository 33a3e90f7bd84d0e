import type { Database, Executor } from '@tenantry/connections/database'
import type { Statement } from '@tenantry/connections/statement'
import { AllocateInput } from '@tenantry/contracts/payments'
import type { ImportBatchId, UserId } from '@tenantry/contracts/ids'
import { OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { BookingInput } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { contactInput } from '@tenantry/testing/factories/contact'
import { contractInput } from '@tenantry/testing/factories/contract'
import { customFieldInput } from '@tenantry/testing/factories/custom-field'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { importUpload } from '@tenantry/testing/factories/import-batch'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { leadInput } from '@tenantry/testing/factories/lead'
import { locationInput } from '@tenantry/testing/factories/location'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { savedViewInput } from '@tenantry/testing/factories/saved-view'
import { taskInput } from '@tenantry/testing/factories/task'
import { taskTemplateInput } from '@tenantry/testing/factories/task-template'
import { v7 } from 'uuid'
import { tenantWriter } from './open.ts'
import type { TenantDb } from './writer.ts'

/** Which tables the statements of each repository name. */
export type Named = Map<string, Set<string>>

/** Makes rows of every kind as one company would, through its handle alone, and tells what its repositories name on the way. */
export async function workOnce(database: Database): Promise<Named> {
  const named: Named = new Map()
  const userId = v7() as UserId
  await database.transaction((tx) => {
    const asked = { repository: '' }
    const actor = { id: userId, kind: 'user', requestId: 'test' } as const
    const db = tenantWriter(
      listening(tx, ({ text }) => note(named, asked.repository, text)),
      actor,
    )
    return work(attributed(db, asked), userId)
  })
  return named
}

async function work(db: TenantDb, userId: UserId): Promise<void> {
  await db.company.put({ name: 'A', timeZone: 'Europe/Berlin', locale: 'en', currency: 'USD' })
  await db.memberRefs.put([{ userId, name: 'Robin Weber', email: null, status: 'active' }])
  await db.webhooks.listen(true)
  await db.pipelines.create(pipelineInput())
  await db.customFields.create(customFieldInput())
  await db.savedViews.create(savedViewInput())
  await db.taskTemplates.create(taskTemplateInput())
  const [account, merged] = [await db.accounts.create(accountInput()), await db.accounts.create(accountInput())]
  const accountId = account.id
  await db.accounts.merge({ kept: account, merged, take: [] })
  const contact = await db.contacts.create(contactInput({ accounts: [{ accountId }] }))
  await db.contacts.silence({ kind: 'email', value: 'gone@example.com', reason: 'bounced' })
  await db.leads.create(leadInput())
  await db.catalogItems.create(catalogItemInput())
  await db.locations.create(locationInput({ contactId: contact.id }))
  const links = [{ entity: 'account', id: accountId }] as const
  await db.tasks.create(taskInput())
  await db.notes.create(noteInput({ links: [...links] }))
  await db.attachments.create(attachmentInput())
  await db.communications.create(communicationInput())
  await db.recordLinks.takeAlong(links[0], [{ entity: 'contact', id: contact.id }])
  await db.outbox.queue({
    id: v7(),
    recipient: 'ada@example.com',
    subject: 'x',
    bodyText: 'x',
    documentKind: null,
    documentId: null,
    linkKeyId: null,
    idempotencyKey: v7(),
    links,
  })
  await sell(db, accountId)
  await celebrate(db, accountId)
  await bringIn(db)
  await tell(db)
  await db.dashboard.overview({ months: 6 })
  await db.numberSeries.list()
}

async function sell(db: TenantDb, accountId: string): Promise<void> {
  const opportunity = await db.opportunities.create(opportunityInput({ accountId }))
  const lines = [{ kind: 'fee', name: 'Travel', unitPriceMinor: 100 }]
  const { id, version } = opportunity
  await db.opportunities.setLines(OpportunityLinesInput.parse({ id, version, lines }))
  await db.opportunities.win(id)
  await db.opportunities.stageHistory(id)
  await db.quotes.send(await db.quotes.create(quoteInput({ accountId })))
  await db.contracts.create(contractInput({ accountId }))
  const schedule = [{ label: 'All', dueOn: '2099-01-01', amountMinor: 1_000 }]
  const line = { name: 'x', unitPriceMinor: 1_000 }
  const invoice = await db.invoices.issue(
    await db.invoices.create(invoiceInput({ accountId, lines: [line], schedule })),
  )
  const payment = await db.payments.record(paymentInput({ accountId, amountMinor: 1_000 }))
  const allocations = [{ invoiceId: invoice.id, amountMinor: 1_000 }]
  await db.payments.allocate(AllocateInput.parse({ paymentId: payment.id, allocations }))
}

async function celebrate(db: TenantDb, accountId: string): Promise<void> {
  const event = await db.events.create(eventInput({ accountId }))
  const date = await db.eventDates.create(eventDateInput({ eventId: event.id }))
  const booth = await db.resources.create(resourceInput())
  const combo = await db.resources.create(resourceInput({ memberIds: [booth.id] }))
  await db.bookings.book(BookingInput.parse({ resourceId: combo.id, eventDateId: date.id }))
}

async function bringIn(db: TenantDb): Promise<void> {
  const id = v7() as ImportBatchId
  const { entity, fileName } = importUpload()
  await db.imports.begin({ id, entity, fileName, workId: v7() })
  await db.imports.stage(id, [{ row: 1, cells: ['One'] }])
  await db.imports.open(id, { header: ['name'], delimiter: ',', mapping: [], total: 1, encoding: 'utf-8' })
}

async function tell(db: TenantDb): Promise<void> {
  const endpointId = v7()
  const { id } = await db.webhooks.queueTest(endpointId, { attempts: 1 })
  await db.webhooks.spread([], { most: 1, attempts: 1 })
  const attempt = { number: 1, statusCode: 200, durationMs: 1, error: null, answer: null }
  await db.webhooks.settle(id, { status: 'delivered', delaySeconds: 0, attempt })
}

/** The handle whose repositories say that it is they who ask. Their own fields stay theirs: a method keeps its `this`. */
function attributed(db: TenantDb, asked: { repository: string }): TenantDb {
  return new Proxy(db, {
    get(handle, name) {
      const repository: unknown = Reflect.get(handle, name, handle)
      if (typeof name !== 'string' || typeof repository !== 'object' || repository === null) return repository
      return new Proxy(repository, {
        get(target, method) {
          const found: unknown = Reflect.get(target, method, target)
          if (typeof found !== 'function') return found
          return (...given: unknown[]) => {
            asked.repository = name
            return found.apply(target, given) as unknown
          }
        },
      })
    },
  })
}

/** Everything that is sent is shown first. */
function listening(executor: Executor, show: (sent: { text: string }) => void): Executor {
  return {
    ...executor,
    db: executor.db,
    async run<P extends Record<string, unknown>, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
      await statement.send((text) => {
        show({ text })
        return Promise.resolve([])
      }, parameters)
      return executor.run(statement, parameters)
    },
    savepoint: (inside) => executor.savepoint((inner) => inside(listening(inner, show))),
  }
}

function note(named: Named, repository: string, text: string): void {
  const tables = named.get(repository) ?? new Set()
  named.set(repository, tables)
  // A column stands behind its table.
  for (const [, table = ''] of text.matchAll(/"crm"\."(\w+)"(?!\.)/g)) tables.add(table)
}
