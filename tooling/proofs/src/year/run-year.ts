import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../corruptions/random.ts'
import { prepareWebApplication } from '../tour/web-application.ts'
import { Visitor } from '../tour/visitor.ts'
import { audit, type Finding } from './audit/audit.ts'
import { readClaims, type Claims } from './audit/claims.ts'
import { company, foundCompany } from './chapters/found.ts'
import { keepBooks } from './chapters/keep-books.ts'
import { sell } from './chapters/sell.ts'
import { winCustomers } from './chapters/win-customers.ts'
import { workAtTheDesk } from './chapters/work-at-the-desk.ts'
import { openYearGround } from './ground.ts'
import { Mailbox } from './mailbox.ts'
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
  const customers = await chapter('winning customers', () => winCustomers(year))
  await chapter('selling', () => sell(year, customers))
  await chapter('keeping books', () => keepBooks(year, customers))
  await chapter('working at the desk', () => workAtTheDesk(year, customers))
  await using link = await openAdminLink({ ...ground.server, database: company.database })
  await chapter('waiting for mails', () => untilAllMailsHaveLeft(link.run))
  await worker.stop()
  const claims = await chapter('asking what it came to', () => readClaims(year))
  const { checked, findings } = await chapter('auditing', () => audit(link.run, claims))
  await afterwards?.({ run: link.run, claims })
  return { counts: year.counts, checked, findings, seconds }
}

async function untilAllMailsHaveLeft(run: AdminRun): Promise<void> {
  const deadline = performance.now() + 120_000
  for (;;) {
    const waiting = await run(`select from crm.outbox where status in ('queued', 'sending') limit 1`)
    if (waiting.length === 0) return
    if (performance.now() > deadline) throw new Error('mails do not leave')
    await sleep(200)
  }
}
