import { openDatabase } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import type { DataSources, TenantReader } from '@tenantry/data-sources'
import { isTenantryError } from '@tenantry/errors'
import { tenantReader } from '@tenantry/tenant-db/open'
import { identityQuestion, versionQuestion } from '@tenantry/tenant-db/proof'
import { accountInput } from '@tenantry/testing/factories/account'
import type { Confusion } from './confusions.ts'
import type { Slug, Stage } from './stage.ts'
import type { LoggedStatement } from './statement-log.ts'

/** What became of the requests of one company. */
export interface Outcome {
  confusion: string
  company: Slug
  expected: string
  /** Error codes; `answered` when there was none. */
  read: string
  write: string
  connectionTest: string
  /** On schema `crm`, run or tried, by both servers' own logs. */
  businessStatements: number
  auditEntries: number
  /** The same read on a connection that was not asked whose database it reached, and the statements it cost. */
  withoutProof: string
  statementsWithoutProof: number
  /** Served again once the mistake was undone. */
  recovered: boolean
  held: boolean
}

/** Requests of a company whose data source is right, by the same measure. */
export interface Control {
  company: Slug
  read: string
  write: string
  businessStatements: number
}

export async function runControl(stage: Stage, company: Slug): Promise<Control> {
  await using dataSources = stage.openDataSources()
  await stage.statements()
  const { read, write } = await request(stage, dataSources, company)
  return { company, read, write, businessStatements: business(await stage.statements()).length }
}

/** Makes one mistake while the companies are being served, sends requests, and takes it back. */
export async function runConfusion(stage: Stage, confusion: Confusion): Promise<Outcome[]> {
  const { companies } = confusion
  await using dataSources = stage.openDataSources()
  for (const company of companies) await dataSources.withTenant(await stage.grant(company), readAccounts)
  const before = new Map(await Promise.all(companies.map(async (slug) => [slug, await stage.columns(slug)] as const)))
  const undo = await confusion.arrange(stage)
  const seen = []
  for (const company of companies) seen.push(await observe(stage, dataSources, company))
  await undo?.()
  for (const [slug, columns] of before) await stage.set(slug, columns)
  return await Promise.all(
    seen.map(async (observed) => {
      const recovered =
        (await codeOf(dataSources.withTenant(await stage.grant(observed.company), readAccounts))) === 'answered'
      const outcome = { confusion: confusion.name, expected: confusion.expected, ...observed, recovered }
      return { ...outcome, held: isHeld(outcome) }
    }),
  )
}

async function observe(stage: Stage, dataSources: DataSources, company: Slug) {
  const entriesBefore = await countRefusals(stage, company)
  await stage.statements()
  const answers = await request(stage, dataSources, company)
  const test = await dataSources.testTenantConnection(await stage.grant(company))
  const businessStatements = business(await stage.statements()).length
  const auditEntries = (await countRefusals(stage, company)) - entriesBefore
  const withoutProof = await readWithoutProof(stage, company)
  const statementsWithoutProof = business(await stage.statements()).length
  const connectionTest = test.code ?? 'answered'
  return { company, ...answers, connectionTest, businessStatements, auditEntries, withoutProof, statementsWithoutProof }
}

async function request(
  stage: Stage,
  dataSources: DataSources,
  company: Slug,
): Promise<{ read: string; write: string }> {
  const grant = await stage.grant(company)
  const read = await codeOf(dataSources.withTenant(grant, readAccounts))
  const write = await codeOf(dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput())))
  return { read, write }
}

/** What Postgres alone would have done. */
async function readWithoutProof(stage: Stage, company: Slug): Promise<string> {
  return await codeOf(
    (async () => {
      await using pool = openPool(await stage.login(company), { max: 1 })
      await readAccounts(tenantReader(openDatabase(pool).reader))
    })(),
  )
}

function readAccounts(db: TenantReader): Promise<unknown> {
  return db.accounts.list(AccountListQuery.parse({}))
}

async function countRefusals(stage: Stage, company: Slug): Promise<number> {
  const query = { limit: 200, action: 'data_source.refused' }
  return (await stage.world.app.db.audit.list(await stage.grant(company), query)).rows.length
}

/** Every business table is in schema `crm`; the proof asks it two questions, word for word. */
function business(statements: LoggedStatement[]): LoggedStatement[] {
  const asked = new Set([identityQuestion, versionQuestion].map((text) => text.trim()))
  return statements.filter(({ text }) => /\bcrm\b/.test(text) && !asked.has(text.trim()))
}

function isHeld(outcome: Omit<Outcome, 'held'>): boolean {
  const { expected, read, write, connectionTest, businessStatements, auditEntries, recovered } = outcome
  const isTyped = [read, write, connectionTest].every((code) => code === expected)
  return isTyped && businessStatements === 0 && auditEntries > 0 && recovered
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'answered'
  } catch (error) {
    return isTenantryError(error) ? error.code : `untyped ${String(error)}`
  }
}
