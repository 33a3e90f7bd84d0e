import { openAdminLink, withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../corruptions/random.ts'
import { prepareWebApplication } from '../tour/web-application.ts'
import { Visitor } from '../tour/visitor.ts'
import { audit, type Finding } from './audit/audit.ts'
import { readClaims, type BeforeImport, type Claims } from './audit/claims.ts'
import { snapshotOf } from './audit/snapshot.ts'
import { company, foundCompany } from './chapters/found.ts'
import { importContacts } from './chapters/import-contacts.ts'
import { keepBooks } from './chapters/keep-books.ts'
import { sell } from './chapters/sell.ts'
import { waitInLine } from './chapters/wait-in-line.ts'
import { winCustomers } from './chapters/win-customers.ts'
import { workAtTheDesk } from './chapters/work-at-the-desk.ts'
import { openYearGround } from './ground.ts'
import { Mailbox } from './mailbox.ts'
import { startReceiver } from './receiver.ts'
import { startWorkerProcess } from './worker-process.ts'
import type { Sizes, Year } from './year.ts'

export interface YearFigures {
  /** What was done. */
  counts: Record<string, number>
  /** What the audit recomputed. */
  checked: Record<string, number>
  findings: Finding[]
  seconds: Record<string, number>
}

/** The company's database as its superuser, and what the application said at the end of the year. */
export interface YearEnd {
  run: AdminRun
  claims: Claims
}

/**
 * One company's year over HTTP, as real clients spend it, and an audit of the rows that are left. `afterwards` is called with
 * the database while it is still there.
 */
export async function runYear(
  sizes: Sizes,
  { say, afterwards }: { say: (text: string) => void; afterwards?: (end: YearEnd) => Promise<void> },
): Promise<YearFigures> {
  say('Starting a server')
  await using ground = await openYearGround()
  await using web = await prepareWebApplication(ground.environment)
  say('Starting the web application and the worker')
  await web.start()
  await using worker = startWorkerProcess({ ...ground.environment, APP_ORIGIN: web.origin })
  const year: Year = {
    sizes,
    ...(await foundCompany(ground.environment, web.origin)),
    customer: new Visitor(web.origin),
    mailbox: new Mailbox(ground.mailFolder),
    random: randomFrom(2027),
    counts: {},
  }
  const seconds: Record<string, number> = {}
  const chapter = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    say(name)
    const begun = performance.now()
    try {
      return await work()
    } finally {
      seconds[name] = Math.round((performance.now() - begun) / 100) / 10
    }
  }
  await using link = await openAdminLink({ ...ground.server, database: company.database }, { statementMs: 600_000 })
  await using receiver = await startReceiver()
  const { secret } = await year.owner.mutate<{ secret: string }>('webhooks.create', { url: receiver.url })
  receiver.trust(secret)
  const since = await lastLine(link.run)
  const customers = await chapter('winning customers', () => winCustomers(year))
  await chapter('selling', () => sell(year, customers))
  await chapter('waiting in line', () => waitInLine(year, customers))
  await chapter('keeping books', () => keepBooks(year, customers))
  await chapter('working at the desk', () => workAtTheDesk(year, customers))
  await chapter('waiting for payments', async () => {
    await letTimePass(link.run, ground.application)
    await until(link.run, 'payments that were left pending are settled', paymentsThatWait)
  })
  await chapter('waiting for mails', () => until(link.run, 'all mails have left', mailsThatWait))
  await chapter('waiting for signed contracts', () =>
    until(link.run, 'all signed contracts are kept', contractsThatWait),
  )
  const before = await lookBeforeImport(link.run)
  const imported = { ...(await chapter('importing and taking back', () => importContacts(year))), before }
  await chapter('waiting for webhooks', () => until(link.run, 'all changes are told', changesThatWait))
  await worker.stop()
  const news = { since, accepted: receiver.accepted, forged: receiver.forged() }
  const claims = { ...(await chapter('asking what it came to', () => readClaims(year))), news, imported }
  const { checked, findings } = await chapter('auditing', () => audit(link.run, claims))
  await afterwards?.({ run: link.run, claims })
  return { counts: year.counts, checked, findings, seconds }
}

/** The number of the last line of history. */
async function lastLine(run: AdminRun): Promise<string> {
  const [row] = await run<{ id: string }>('select coalesce(max(id), 0)::text as id from crm.record_changes')
  return row?.id ?? '0'
}

async function lookBeforeImport(run: AdminRun): Promise<BeforeImport> {
  const [row] = await run<{ count: number }>(
    'select count(*)::int as count from crm.contacts where deleted_at is null and archived_at is null',
  )
  return { tables: await snapshotOf(run), lastLine: await lastLine(run), contacts: row?.count ?? 0 }
}

/** So that nobody has to wait until a payment counts as left behind. */
async function letTimePass(run: AdminRun, application: Target): Promise<void> {
  await run(`update crm.payments set created_at = created_at - interval '1 hour' where status = 'pending'`)
  await withAdminConnection(application, (inApplication) =>
    inApplication(`update app.payments_due set since = since - interval '1 hour'`),
  )
}

const paymentsThatWait = `select from crm.payments where status = 'pending'`
const mailsThatWait = `select from crm.outbox where status in ('queued', 'sending')`
const contractsThatWait = `select from crm.contracts where status = 'completed' and signed_pdf_attachment_id is null`
const changesThatWait = `select from crm.webhook_changes union all select from crm.webhook_messages where status = 'waiting'`
const patienceMs = 1_200_000

/** Until these rows are no more. */
async function until(run: AdminRun, what: string, rows: string): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const [left] = await run<{ any: boolean }>(`select exists (${rows}) as any`)
    if (left?.any === false) return
    if (performance.now() > deadline) throw new Error(`it took too long until ${what}`)
    await sleep(200)
  }
}
