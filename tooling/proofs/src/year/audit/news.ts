import type { AdminRun } from '@tenantry/connections/admin'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../project-copy.ts'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

interface Change extends Record<string, unknown> {
  entity: string
  record: string
  action: string
  fields: string[]
  version: number | null
}

/** What some messages mean, as the rows say it that are left. */
const meanings: Record<string, string> = {
  'lead.converted': `select count(*)::int as count from crm.leads where status = 'converted'`,
  'quote.accepted': `select count(*)::int as count from crm.quotes where accepted_at is not null`,
  'quote.withdrawn': `select count(*)::int as count from crm.quotes where status = 'withdrawn'`,
  'contract.declined': `select count(*)::int as count from crm.contracts where status = 'declined'`,
  'contract.voided': `select count(*)::int as count from crm.contracts where status = 'voided'`,
  'contract.completed': `select count(distinct contract_id)::int as count from crm.contract_signers where signed_at is not null`,
  'event.cancelled': `select count(*)::int as count from crm.events where status = 'cancelled'`,
  'event.completed': `select count(*)::int as count from crm.events where status = 'completed'`,
  'opportunity.lost': `select count(*)::int as count from crm.opportunities where outcome = 'lost'`,
}

/**
 * Since somebody is told of changes, each change of what the guide names was told once, signed, with its record, version and
 * fields; nothing else was told, and the application knows that all of it has arrived.
 */
export async function auditNews(run: AdminRun, ledger: Ledger, { news }: Claims): Promise<void> {
  const { since, accepted, forged } = news
  ledger.compare('signatures of messages', 'the receiver', { forged }, { forged: 0 })
  const told = groupBy(accepted, ({ id }) => id)
  const ids = [...told.keys()]
  const tried = await run<{
    id: string
    attempts: number
    heard: number
  }>(`select message_id as id, count(*)::int as attempts,
    count(*) filter (where status_code between 200 and 299)::int as heard from crm.webhook_attempts group by 1`)
  // Whoever did not hear an answer in time says it again; whoever heard it does not.
  const tooOften = tried.filter(({ id, attempts, heard }) => heard > 1 || (told.get(id)?.length ?? 0) > attempts)
  ledger.compare('messages told twice', 'the receiver', tooOften, [])
  const stored = await run<{ id: string }>(`select id from crm.webhook_messages where status = 'delivered'`)
  ledger.compare('messages delivered', 'the endpoint', ids.toSorted(), stored.map(({ id }) => id).toSorted())
  const waiting = await run(`select change_id as id from crm.webhook_changes
    union all select change_id from crm.webhook_messages where status <> 'delivered'`)
  ledger.compare('messages that wait', 'the endpoint', waiting.length, 0)

  const documented = eventsOfGuide()
  const kinds = new Set([...documented].map((type) => type.split('.', 1)[0] ?? ''))
  const changes = await run<Change>(`select entity, entity_id as record, action, version_after as version,
    to_jsonb(array(select jsonb_object_keys(diff) order by 1)) as fields from crm.record_changes where id > ${since}`)
  const should = groupBy(
    changes.filter((change) => kinds.has(change.entity) && isTold(change)),
    ({ entity, record }) => `${entity} ${record}`,
  )
  const messages = [...told.values()].flatMap(([first]) => first ?? [])
  const toldOf = groupBy(messages, ({ data }) => `${data.kind} ${data.id}`)
  for (const record of new Set([...should.keys(), ...toldOf.keys()]))
    ledger.compare(
      'messages of records',
      record,
      toldOf
        .get(record)
        ?.map(({ data: { version, fields } }) => lineOf(version, fields))
        .toSorted(),
      should
        .get(record)
        ?.map(({ version, fields }) => lineOf(version, fields))
        .toSorted(),
    )
  for (const type of new Set(messages.map((message) => message.type)))
    ledger.compare('names of messages', type, documented.has(type), true)
  for (const [type, sql] of Object.entries(meanings)) {
    const [row] = await run<{ count: number }>(sql)
    ledger.compare('meaning of messages', type, messages.filter((message) => message.type === type).length, row?.count)
  }
}

/** Of a payment only that it began and how it ended. */
function isTold({ entity, action, fields }: Change): boolean {
  return entity !== 'payment' || action === 'created' || fields.includes('status')
}

function lineOf(version: number | null, fields: readonly string[]): string {
  return `${version ?? 'no version'}: ${fields.toSorted().join()}`
}

/** What receivers are promised. */
function eventsOfGuide(): Set<string> {
  const guide = readFileSync(join(root, 'docs/guides/webhooks.md'), 'utf8')
  const table = guide.slice(guide.indexOf('## Events'))
  return new Set([...table.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].flatMap(([, type]) => type ?? []))
}
