import { statement } from '@tenantry/connections/statement'
import type { Contract, SignerInput } from '@tenantry/contracts/contracts'
import { createHash } from 'node:crypto'
import { assertDraft } from '../documents/assert-draft.ts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectContracts } from './rows.ts'
import { asInput, deleteSigners, insertSigners } from './signers.ts'
import { contracts } from './table.ts'

const fields = [
  'number',
  'quoteId',
  'eventId',
  'accountId',
  'title',
  'bodyHtml',
  'bodySha256',
  'reference',
  'notes',
  'status',
  'expiresAt',
  'sentAt',
  'completedAt',
  'voidedReason',
  'signedPdfAttachmentId',
  'custom',
]
const empty = Object.fromEntries(fields.map((field) => [field, null]))
const insert = insertOf(contracts, fields)
const update = updateOf(contracts, fields)
const byId = statement<{ id: string }, Contract>((db) => asRows<Contract>(selectContracts(db).where(withId(contracts))))

/**
 * The signers are one field; who of them has signed is another, which only their signatures write. The hash follows from
 * the body.
 */
export const contractRecord: RecordKind<Contract> = {
  entity: 'contract',
  byId,
  lock: lockOf(contracts),
  fieldsOf: (row) => ({ ...row, signers: asInput(row.signers), signedBy: signedBy(row) }),
  assertAllows: assertDraft,
  refusals: {
    contracts_account_fk: { field: 'accountId', message: 'There is no such company.' },
    contracts_quote_fk: { field: 'quoteId', message: 'There is no such quote.' },
    contract_signers_contact_fk: { field: 'signers', message: 'There is no such contact.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...empty, ...input, ...hashOf(input), id, ...lineParameters(acting, entry) }),
      replaceSigners(acting, id, signersIn(input)),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const { id } = before
    const written = { ...before, ...changes }
    const [, , [row]] = await inOneTrip([
      acting.executor.run(update, { ...written, ...hashOf(written), ...lineParameters(acting, entry) }),
      'signers' in changes ? replaceSigners(acting, id, signersIn(changes)) : undefined,
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
}

/** The names of those who have signed. */
export function signedBy({ signers }: Pick<Contract, 'signers'>): string[] {
  return signers.filter(({ signedAt }) => signedAt !== null).map(({ name }) => name)
}

/** An input in the form in which fields are compared and remembered. */
export function contractFields(input: object): Fields {
  const { signers, ...rest } = input as { signers?: SignerInput[] } & Fields
  return { ...rest, ...(signers && { signers: asInput(signers) }) }
}

/** SHA-256 of a body, as Postgres writes bytes. */
function hashOf({ bodyHtml }: Fields): { bodySha256: string } {
  return { bodySha256: `\\x${createHash('sha256').update(String(bodyHtml)).digest('hex')}` }
}

function signersIn(given: Fields): SignerInput[] {
  return given['signers'] as SignerInput[]
}

function replaceSigners({ executor }: Acting, contractId: string, list: readonly SignerInput[]) {
  return inOneTrip([
    executor.run(deleteSigners, { contractId }),
    executor.run(insertSigners, { contractId, signers: JSON.stringify(list) }),
  ])
}
