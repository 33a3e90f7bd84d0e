import type { viewedLists, ViewedEntity } from '@tenantry/contracts/viewed-lists'
import type { z } from 'zod'

/** Columns of a row as JSON, beside those that every row of its table needs. */
export type Columns = Record<string, unknown>

/** What a filter is asked, a row that it finds, and rows that it does not. */
export interface FilterCase {
  asked: unknown
  found: Columns
  passed: Columns[]
  /** A row of another table by which the found one is found: its table, and its columns beside the id it points at. */
  with?: { table: string; pointer: string; columns: Columns }
}

/** The rows that others point at. */
export type World = Record<
  | 'person'
  | 'colleague'
  | 'account'
  | 'otherAccount'
  | 'contact'
  | 'opportunity'
  | 'event'
  | 'location'
  | 'quote'
  | 'invoice'
  | 'payment'
  | 'lead'
  | 'communication'
  | 'task'
  | 'pipeline'
  | 'stage'
  | 'otherPipeline'
  | 'otherStage',
  string
>

/** Custom fields and what a row is about have suites of their own. */
type Filters<Entity extends ViewedEntity> = Exclude<
  keyof z.output<(typeof viewedLists)[Entity]['query']>['filters'],
  'custom' | 'about'
>

interface ListCases<Entity extends ViewedEntity> {
  table: string
  /** What every row needs; `n` is another number for each. */
  row: (n: number) => Columns
  filters: Record<Filters<Entity>, FilterCase>
}

/** A case for each filter that a contract offers: one that is left out does not compile. */
export function filterCases(world: World): { [Entity in ViewedEntity]: ListCases<Entity> } {
  const ofRecord = {
    createdBy: { asked: world.person, found: {}, passed: [{ created_by: world.colleague }] },
    ...within('created', instants, (at) => ({ created_at: at }), 'always'),
    ...within('updated', instants, (at) => ({ updated_at: at }), 'always'),
  }
  const toAccount = { account_id: world.account }
  const money = { currency: 'USD' }
  const total = (minor: unknown) => ({ subtotal_minor: minor, total_minor: minor })
  const voided = { status: 'void', number: 'V-1', issued_on: '2027-01-01', bill_to: {} }
  return {
    account: {
      table: 'accounts',
      row: () => ({ name: 'Account' }),
      filters: {
        kind: is('kind', 'person', 'company'),
        status: isOneOf('status', 'blocked', 'active'),
        ownerId: is('owner_id', world.person, world.colleague),
        city: is('billing_city', 'Ulm', 'ulm'),
        country: is('billing_country', 'DE', 'US'),
        currency: is('default_currency', 'EUR', 'USD'),
        parentAccountId: is('parent_account_id', world.account),
        industry: is('industry', 'Music', 'music'),
        source: is('source', 'Fair', 'Website'),
        ...ofRecord,
      },
    },
    contact: {
      table: 'contacts',
      row: () => ({ last_name: 'Contact' }),
      filters: {
        status: isOneOf('status', 'inactive', 'active'),
        ownerId: is('owner_id', world.person, world.colleague),
        doNotContact: is('do_not_contact', true, false),
        accountId: {
          asked: world.account,
          found: {},
          passed: [{}],
          with: { table: 'contact_accounts', pointer: 'contact_id', columns: toAccount },
        },
        ...ofRecord,
      },
    },
    lead: {
      table: 'leads',
      row: () => ({ last_name: 'Lead' }),
      filters: {
        status: isOneOf('status', 'contacted', 'new'),
        kind: is('kind', 'company', 'person'),
        ownerId: is('owner_id', world.person, world.colleague),
        source: is('source', 'Fair', 'Website'),
        eventType: is('event_type', 'gala', 'wedding'),
        currency: is('currency', 'EUR', 'USD'),
        convertedAccountId: is('converted_account_id', world.account),
        convertedContactId: is('converted_contact_id', world.contact),
        convertedOpportunityId: is('converted_opportunity_id', world.opportunity),
        ...within('wanted', days, (day) => ({ wanted_on: day })),
        ...within('guests', [10, 20], (guests) => ({ guest_count: guests })),
        ...within('budget', [1000, 2000], (minor) => ({ budget_minor: minor })),
        ...ofRecord,
      },
    },
    opportunity: {
      table: 'opportunities',
      row: () => ({
        name: 'Opportunity',
        pipeline_id: world.pipeline,
        stage_id: world.stage,
        ...money,
        probability: 10,
        forecast_category: 'pipeline',
      }),
      filters: {
        pipelineId: {
          asked: world.otherPipeline,
          found: { pipeline_id: world.otherPipeline, stage_id: world.otherStage },
          passed: [{}],
        },
        stageId: {
          asked: [world.otherStage],
          found: { pipeline_id: world.otherPipeline, stage_id: world.otherStage },
          passed: [{}],
        },
        accountId: is('account_id', world.account),
        contactId: is('contact_id', world.contact),
        leadId: is('lead_id', world.lead),
        ownerId: is('owner_id', world.person, world.colleague),
        outcome: { asked: 'open', found: {}, passed: [{ outcome: 'won', closed_at: instants[0] }] },
        eventType: is('event_type', 'gala', 'wedding'),
        forecastCategory: isOneOf('forecast_category', 'commit', 'pipeline'),
        currency: is('currency', 'EUR', 'USD'),
        ...within('amount', [1000, 2000], (minor) => ({ amount_minor: minor }), 'always'),
        ...within('closes', days, (day) => ({ expected_close_on: day })),
        ...within('closed', instants, (at) => ({ outcome: 'won', closed_at: at })),
        ...ofRecord,
      },
    },
    event: {
      table: 'events',
      row: () => ({ title: 'Event', event_type: 'wedding', ...toAccount, time_zone: 'UTC' }),
      filters: {
        status: isOneOf('status', 'confirmed', 'prospect'),
        accountId: is('account_id', world.account, world.otherAccount),
        contactId: is('contact_id', world.contact),
        plannerContactId: is('planner_contact_id', world.contact),
        opportunityId: is('opportunity_id', world.opportunity),
        ownerId: is('owner_id', world.person, world.colleague),
        eventType: is('event_type', 'gala', 'wedding'),
        locationId: {
          asked: world.location,
          found: {},
          passed: [{}],
          with: {
            table: 'event_dates',
            pointer: 'event_id',
            columns: { ...evening(days[0]), location_id: world.location },
          },
        },
        ...within('starts', instants, (at) => ({ first_starts_at: at })),
        ...within('holdExpires', instants, (at) => ({ status: 'tentative', hold_expires_at: at })),
        ...within('guests', [10, 20], (guests) => ({ guest_count: guests })),
        ...ofRecord,
      },
    },
    event_date: {
      table: 'event_dates',
      row: () => ({ event_id: world.event, ...evening(days[0]) }),
      filters: {
        eventId: {
          asked: world.event,
          found: {},
          passed: [{ event_id: null, opportunity_id: world.opportunity }],
        },
        opportunityId: {
          asked: world.opportunity,
          found: { event_id: null, opportunity_id: world.opportunity },
          passed: [{}],
        },
        locationId: is('location_id', world.location),
        status: isOneOf('status', 'completed', 'scheduled'),
        startsFrom: { asked: `${days[1]}T18:00:00Z`, found: evening(days[1]), passed: [{}] },
        startsUntil: { asked: `${days[0]}T18:00:00Z`, found: {}, passed: [evening(days[1])] },
        ...ofRecord,
      },
    },
    quote: {
      table: 'quotes',
      row: (n) => ({ number: `Q-${n}`, ...toAccount, ...money }),
      filters: {
        status: isOneOf('status', 'sent', 'draft'),
        accountId: is('account_id', world.account, world.otherAccount),
        contactId: is('contact_id', world.contact),
        opportunityId: is('opportunity_id', world.opportunity),
        eventId: is('event_id', world.event),
        rootQuoteId: is('root_quote_id', world.quote),
        currency: is('currency', 'EUR', 'USD'),
        ...within('issued', days, (day) => ({ issued_on: day })),
        ...within('valid', days, (day) => ({ valid_until: day })),
        ...within('total', [-1000, 2000], total, 'always'),
        ...ofRecord,
      },
    },
    contract: {
      table: 'contracts',
      row: (n) => ({ number: `C-${n}`, title: 'Contract', ...toAccount, body_html: '', body_sha256: '' }),
      filters: {
        // Follows from the clock.
        status: {
          asked: ['expired'],
          found: { status: 'sent', expires_at: '2020-01-01T00:00:00Z' },
          passed: [{ status: 'sent', expires_at: '2220-01-01T00:00:00Z' }, {}],
        },
        accountId: is('account_id', world.account, world.otherAccount),
        quoteId: is('quote_id', world.quote),
        eventId: is('event_id', world.event),
        ...within('expires', instants, (at) => ({ expires_at: at })),
        ...within('completed', instants, (at) => ({ completed_at: at })),
        ...ofRecord,
      },
    },
    invoice: {
      table: 'invoices',
      row: () => ({ ...toAccount, ...money }),
      filters: {
        kind: is('kind', 'deposit', 'invoice'),
        status: { asked: ['void'], found: { ...voided, number: 'V-2' }, passed: [{}] },
        state: { asked: ['void'], found: voided, passed: [{}] },
        accountId: is('account_id', world.account, world.otherAccount),
        contactId: is('contact_id', world.contact),
        eventId: is('event_id', world.event),
        quoteId: is('quote_id', world.quote),
        creditsInvoiceId: {
          asked: world.invoice,
          found: { kind: 'credit_note', credits_invoice_id: world.invoice },
          passed: [{}],
        },
        currency: is('currency', 'EUR', 'USD'),
        ...within('issued', days, (day) => ({ issued_on: day })),
        ...within('due', days, (day) => ({ due_on: day })),
        ...within('total', [-1000, 2000], total, 'always'),
        ...ofRecord,
      },
    },
    payment: {
      table: 'payments',
      row: (n) => ({
        ...toAccount,
        status: 'pending',
        amount_minor: 1000,
        ...money,
        method: 'cash',
        received_at: instants[0],
        idempotency_key: `key ${n}`,
      }),
      filters: {
        kind: {
          asked: 'refund',
          found: { kind: 'refund', refunds_payment_id: world.payment },
          passed: [{}],
        },
        status: isOneOf('status', 'failed', 'pending'),
        method: is('method', 'card', 'cash'),
        accountId: is('account_id', world.account, world.otherAccount),
        invoiceId: {
          asked: world.invoice,
          found: {},
          passed: [{}],
          with: {
            table: 'payment_allocations',
            pointer: 'payment_id',
            columns: { invoice_id: world.invoice, amount_minor: 1 },
          },
        },
        refundsPaymentId: {
          asked: world.payment,
          found: { kind: 'refund', refunds_payment_id: world.payment },
          passed: [{}],
        },
        currency: is('currency', 'EUR', 'USD'),
        createdBy: ofRecord.createdBy,
        ...within('received', instants, (at) => ({ received_at: at }), 'always'),
        ...within('amount', [1000, 2000], (minor) => ({ amount_minor: minor }), 'always'),
        ...within('created', instants, (at) => ({ created_at: at }), 'always'),
      },
    },
    task: {
      table: 'tasks',
      row: () => ({ title: 'Task' }),
      filters: {
        status: isOneOf('status', 'in_progress', 'open'),
        priority: isOneOf('priority', 'urgent', 'normal'),
        assigneeId: is('assignee_id', world.person, world.colleague),
        parentTaskId: is('parent_task_id', world.task),
        completedBy: is('completed_by', world.person, world.colleague),
        ...within('due', days, (day) => ({ due_on: day })),
        ...within('completed', instants, (at) => ({ status: 'done', completed_at: at })),
        ...ofRecord,
      },
    },
    note: {
      table: 'notes',
      row: () => ({ body_md: 'Note' }),
      filters: { isPinned: is('is_pinned', true, false), ...ofRecord },
    },
    attachment: {
      table: 'attachments',
      row: (n) => ({
        file_name: 'plan.txt',
        storage_key: `attachments/${n}`,
        byte_size: 1000,
        media_type: 'text/plain',
        state: 'ready',
      }),
      filters: {
        communicationId: is('communication_id', world.communication),
        mediaType: isOneOf('media_type', 'image/png', 'text/plain'),
        category: is('category', 'Floor plan', 'Rider'),
        isImage: { asked: true, found: { width: 1, height: 1 }, passed: [{}] },
        state: isOneOf('state', 'quarantined', 'ready'),
        ...within('size', [1000, 2000], (bytes) => ({ byte_size: bytes }), 'always'),
        ...ofRecord,
      },
    },
    communication: {
      table: 'communications',
      row: () => ({ channel: 'call', direction: 'inbound', occurred_at: instants[0] }),
      filters: {
        channel: isOneOf('channel', 'sms', 'call'),
        direction: is('direction', 'outbound', 'inbound'),
        status: isOneOf('status', 'received', 'logged'),
        threadKey: is('thread_key', 'one', 'two'),
        ...within('occurred', instants, (at) => ({ occurred_at: at }), 'always'),
        ...ofRecord,
      },
    },
    location: {
      table: 'locations',
      row: () => ({ name: 'Hall', time_zone: 'UTC' }),
      filters: {
        kind: isOneOf('kind', 'warehouse', 'venue'),
        city: is('city', 'Ulm', 'Bonn'),
        region: is('region', 'Bavaria', 'Hesse'),
        country: is('country', 'DE', 'US'),
        isOneTime: is('is_one_time', true, false),
        contactId: is('contact_id', world.contact),
        ...within('capacity', [10, 20], (people) => ({ capacity: people })),
        ...ofRecord,
      },
    },
    catalog_item: {
      table: 'catalog_items',
      row: () => ({ name: 'Booth', kind: 'package', price_minor: 1000, ...money }),
      filters: {
        kind: isOneOf('kind', 'fee', 'package'),
        currency: is('currency', 'EUR', 'USD'),
        isActive: is('is_active', false, true),
        ...within('price', [1000, 2000], (minor) => ({ price_minor: minor }), 'always'),
        ...ofRecord,
      },
    },
    resource: {
      table: 'resources',
      row: () => ({ name: 'Booth', kind: 'equipment' }),
      filters: {
        kind: isOneOf('kind', 'vehicle', 'equipment'),
        isActive: is('is_active', false, true),
        ...ofRecord,
      },
    },
  }
}

const days = ['2027-01-01', '2027-01-02'] as const
/** A microsecond apart, in two ways of writing. */
const instants = ['2027-01-01T10:00:00.000001Z', '2027-01-01T12:00:00.000002+02:00'] as const

function evening(day: string): Columns {
  return { local_date: day, start_time: '18:00', end_time: '23:00', time_zone: 'UTC' }
}

function is(column: string, value: unknown, other?: unknown): FilterCase {
  return { asked: value, found: { [column]: value }, passed: [other === undefined ? {} : { [column]: other }] }
}

function isOneOf(column: string, value: string, other: string): FilterCase {
  return { ...is(column, value, other), asked: [value] }
}

/** Both ends belong to a span, and what has no value is in none. */
function within<Name extends string, Value>(
  name: Name,
  [low, high]: readonly [Value, Value],
  row: (value: Value) => Columns,
  hasValue?: 'always',
): Record<`${Name}From` | `${Name}Until`, FilterCase> {
  const empty = hasValue === 'always' ? [] : [{}]
  const ends: Record<string, FilterCase> = {
    [`${name}From`]: { asked: high, found: row(high), passed: [row(low), ...empty] },
    [`${name}Until`]: { asked: low, found: row(low), passed: [row(high), ...empty] },
  }
  // A computed name has no literal type; these two are the names.
  return ends as Record<`${Name}From` | `${Name}Until`, FilterCase>
}
