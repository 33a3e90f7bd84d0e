import { parseCustom, type CustomField } from '@tenantry/contracts/custom-fields'
import { customFieldName, customKeyOf, type CustomInput } from '@tenantry/contracts/custom-values'
import { importFieldsOf, importKinds, type ImportKind } from '@tenantry/contracts/import-fields'
import type { CellError, ImportBatch } from '@tenantry/contracts/imports'
import type { Found, TenantReader } from '@tenantry/tenant-db/types'
import { readGround, readOpportunity, type CellProblem, type OpportunityGround } from './opportunity-cells.ts'

/** How the cells of a batch are to be understood. */
export type ImportPlanOf = Pick<ImportBatch, 'entity' | 'header' | 'mapping'>

/** A row with what is wrong with it, or with what it says, for a new record and for one that is there. */
export type CheckedRow<Row> = { from: Row } & (
  | { errors: CellError[]; input?: undefined }
  | { errors?: undefined; input: object; patch: () => object }
)

/** Fields by their names in the mapping, as the cells say them. */
type Draft = Record<string, unknown>

/**
 * What `create` would say to each row, by the same contract, and what the database would: whether the members, companies and
 * currencies that it names are there. Writes nothing.
 */
export async function checkRows<Row extends { cells: readonly string[] }>(
  db: Pick<TenantReader, 'imports' | 'customFields' | 'pipelines' | 'company'>,
  plan: ImportPlanOf,
  rows: readonly Row[],
): Promise<CheckedRow<Row>[]> {
  const definitions = await definitionsFor(db, plan)
  const fields = importFieldsOf(plan.entity, definitions)
  const drafts = rows.map(({ cells }) => readCells(plan, fields, cells))
  const found = await db.imports.lookUp({
    owners: textsOf(drafts, 'owner').map((address) => address.toLowerCase()),
    // A lead's company is what it was called, whether we know one or not.
    companies: plan.entity === 'lead' ? [] : textsOf(drafts, 'company'),
    contacts: textsOf(drafts, 'contact'),
  })
  const ground = plan.entity === 'opportunity' ? await readGround(db) : undefined
  const known = { found, definitions, ground }
  return rows.map((from, index) => checkRow(plan, known, { from, draft: drafts[index] ?? {} }))
}

/** Those archived too, so that a cell can say so. Nothing is asked where no column fills a custom field. */
async function definitionsFor(db: Pick<TenantReader, 'customFields'>, { entity, mapping }: ImportPlanOf) {
  const isAsked = mapping.some(({ field }) => customKeyOf(field) !== undefined)
  return isAsked ? db.customFields.list({ entity, show: 'all' }) : []
}

function readCells({ mapping }: ImportPlanOf, fields: ImportKind['fields'], cells: readonly string[]): Draft {
  const draft: Draft = {}
  for (const { column, field } of mapping) {
    const cell = (cells[column] ?? '').trim()
    // An empty cell says nothing: neither what a new record begins with nor what one has is changed by it.
    if (cell !== '') draft[field] = fields[field]?.read(cell) ?? cell
  }
  return draft
}

/** What the company has that cells may name. */
interface Known {
  found: Found
  definitions: readonly CustomField[]
  /** Undefined where nothing is said of opportunities. */
  ground: OpportunityGround | undefined
}

function checkRow<Row extends { cells: readonly string[] }>(
  plan: ImportPlanOf,
  known: Known,
  { from, draft }: { from: Row; draft: Draft },
): CheckedRow<Row> {
  const { create, patch } = importKinds[plan.entity]
  const at = (field: string, message: string): CellError => ({ ...placeOf(plan, field), message })
  const shape = wrongShape(plan, from.cells)
  if (shape !== undefined) return { from, errors: [{ column: null, field: null, message: shape }] }
  const { input, changes, places, problems } = resolve(plan, draft, known)
  const parsed = create.safeParse(input)
  const errors = problems.map(({ field, message }) => at(field, message))
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = places.get(path.slice(0, 2).join('.')) ?? String(path[0] ?? '')
    // What cannot be found is wrong in one way.
    if (!problems.some((problem) => problem.field === field)) errors.push(at(field, message))
  }
  if (errors.length > 0 || parsed.data === undefined) return { from, errors }
  return { from, input: parsed.data, patch: () => patch.parse(changes) }
}

/** The column of a field; a field that no column fills is about the whole row. */
export function placeOf({ mapping }: Pick<ImportPlanOf, 'mapping'>, field: string): Omit<CellError, 'message'> {
  const column = mapping.find((filled) => filled.field === field)?.column ?? null
  return { column, field: field === '' ? null : field }
}

function wrongShape({ header }: ImportPlanOf, cells: readonly string[]): string | undefined {
  const isMissing = cells.length < header.length
  if (!isMissing && cells.slice(header.length).every((cell) => cell.trim() === '')) return undefined
  return `This row has ${cells.length} cells, the header has ${header.length}.`
}

interface Resolved {
  /** Of a new record. */
  input: Draft
  /** Of one that is there. */
  changes: Draft
  /** Which field a part of the input came from, where it is not the field of that name. */
  places: Map<string, string>
  problems: CellProblem[]
}

/** Names become ids, addresses the list of a contact's addresses, and what is written of an opportunity its stage and amount. */
function resolve({ entity }: ImportPlanOf, cells: Draft, { found, definitions, ground }: Known): Resolved {
  const [{ owner, ...draft }, custom] = withoutCustom(cells)
  const places = new Map([['ownerId', 'owner']])
  const { values, refused } = parseCustom(definitions, custom)
  const problems = Object.entries(refused).map(([key, [message = '']]) => ({ field: customFieldName(key), message }))
  const idOf = (field: string, ids: string[] | undefined, none: string, several: string) => {
    if (ids?.length !== 1) problems.push({ field, message: ids === undefined ? none : several })
    return ids?.[0]
  }
  // What both a new record and one that is there get.
  const shared: Draft = Object.keys(custom).length > 0 ? { custom: values } : {}
  if (typeof owner === 'string') {
    const ids = found.owners.get(owner.toLowerCase())
    shared['ownerId'] = idOf(
      'owner',
      ids,
      'There is no member with this address.',
      'Several members have this address.',
    )
  }
  const company = typeof draft['company'] === 'string' && entity !== 'lead' ? draft['company'] : undefined
  const accountId =
    company === undefined ? undefined : idOf('company', found.companies.get(company), noCompany, severalCompanies)
  if (entity === 'contact' && accountId !== undefined) {
    const role = draft['companyRole']
    shared['accounts'] = [{ accountId, isPrimary: true, ...(role !== undefined && { role }) }]
  }
  if (entity === 'opportunity' && accountId !== undefined) shared['accountId'] = accountId
  if (typeof draft['contact'] === 'string')
    shared['contactId'] = idOf('contact', found.contacts.get(draft['contact']), noContact, severalContacts)
  const read = readDraft(entity, draft, { places, ground })
  const [input, changes] = [
    { ...read.input, ...shared },
    { ...read.changes, ...shared },
  ]
  problems.push(...read.problems)
  for (const field of ['currency', 'defaultCurrency']) {
    const code = input[field]
    if (typeof code === 'string' && /^[A-Z]{3}$/.test(code) && !found.currencies.has(code))
      problems.push({ field, message: 'This currency is not known.' })
  }
  if (entity === 'lead' && input['status'] === 'unqualified' && input['unqualifiedReason'] === undefined)
    problems.push({ field: 'unqualifiedReason', message: 'Say why nothing comes of it.' })
  return { input, changes, places, problems }
}

const noCompany = 'There is no company of this name, nor with this e-mail address or id. Import it first.'
const noContact = 'There is no contact of this name, nor with this e-mail address or id. Import it first.'
const severalContacts = 'Several contacts have this name. Write the e-mail address or the id of the one that is meant.'
const severalCompanies =
  'Several companies have this name. Write the e-mail address or the id of the one that is meant.'

/** What a kind of record makes of its own cells. */
function readDraft(
  entity: ImportPlanOf['entity'],
  draft: Draft,
  { places, ground }: { places: Map<string, string>; ground: OpportunityGround | undefined },
): Pick<Resolved, 'input' | 'changes' | 'problems'> {
  if (entity === 'contact') {
    const input = contactOf(draft, places)
    return { input, changes: input, problems: [] }
  }
  if (ground === undefined) return { input: draft, changes: draft, problems: [] }
  const { company: _company, contact: _contact, ...own } = draft
  const { input, patch, problems, places: ofFields } = readOpportunity(own, ground)
  for (const [field, from] of Object.entries(ofFields)) places.set(field, from)
  return { input, changes: patch, problems }
}

/** Custom fields stand together in an input, under their keys. */
function withoutCustom(cells: Draft): [Draft, CustomInput] {
  const [draft, custom]: [Draft, Draft] = [{}, {}]
  for (const [field, value] of Object.entries(cells)) {
    const key = customKeyOf(field)
    if (key === undefined) draft[field] = value
    else custom[key] = value
  }
  // Whatever a cell says is compared with the definitions next.
  return [draft, custom as CustomInput]
}

const addresses = [
  { field: 'email', kind: 'email', isPrimary: true },
  { field: 'email2', kind: 'email', isPrimary: false },
  { field: 'phone', kind: 'phone', isPrimary: true },
  { field: 'phone2', kind: 'phone', isPrimary: false },
] as const

function contactOf(draft: Draft, places: Map<string, string>): Draft {
  const own = { ...draft }
  for (const name of ['email', 'email2', 'phone', 'phone2', 'company', 'companyRole']) delete own[name]
  const points = addresses.filter(({ field }) => draft[field] !== undefined)
  for (const [index, { field }] of points.entries()) places.set(`points.${index}`, field)
  places.set('accounts.0', 'companyRole')
  if (points.length === 0) return own
  return { ...own, points: points.map(({ field, kind, isPrimary }) => ({ kind, value: draft[field], isPrimary })) }
}

function textsOf(drafts: readonly Draft[], field: string): string[] {
  return [...new Set(drafts.flatMap((draft) => (typeof draft[field] === 'string' ? [draft[field]] : [])))]
}
