import { statement } from '@tenantry/connections/statement'
import type { Signer, SignerInput } from '@tenantry/contracts/contracts'
import { sql } from 'drizzle-orm'
import { contractSigners as signers } from '../contract-signers/table.ts'
import { iso } from '../records/iso.ts'
import type { Plain } from '../records/plain.ts'
import { contracts } from './table.ts'

/** Joins the signers of each contract, in the order in which they sign, as one column. */
export const signersInOrder = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', ${signers.id}, 'name', ${signers.name}, 'email', ${signers.email}, 'contactId', ${signers.contactId},
      'role', ${signers.role}, 'signOrder', ${signers.signOrder}, 'viewedAt', ${iso(signers.viewedAt)},
      'signedAt', ${iso(signers.signedAt)}, 'declinedAt', ${iso(signers.declinedAt)},
      'signatureKind', ${signers.signatureKind}, 'signatureValue', ${signers.signatureValue},
      'consentText', ${signers.consentText}, 'ip', host(${signers.ip})) order by ${signers.signOrder}, ${signers.email}, ${signers.id}), '[]') as "list"
  from ${signers} where ${signers.tenantId} = ${contracts.tenantId} and ${signers.contractId} = ${contracts.id}
) as "signers"`
export const signerList = sql<Plain<Signer>[]>`"signers"."list"`

/** Signers as inputs and history write them, in one order, so that the same signers are equal. */
export function asInput(list: readonly (Signer | SignerInput)[]): SignerInput[] {
  return list
    .map(({ name, email, contactId, role, signOrder }) => ({ name, email, contactId, role, signOrder }))
    .toSorted((a, b) => a.signOrder - b.signOrder || (a.email < b.email ? -1 : Number(a.email > b.email)))
}

type None = Record<string, never>
const contractId = sql.placeholder('contractId')

export const deleteSigners = statement<{ contractId: string }, None>((db) =>
  db.execute(sql`delete from ${signers} where contract_id = ${contractId}`),
)

/** `signers` is the JSON of the whole list. */
export const insertSigners = statement<{ contractId: string; signers: string }, None>((db) =>
  db.execute(sql`
    insert into ${signers} (contract_id, name, email, contact_id, role, sign_order)
    select ${contractId}::uuid, s.name, s.email, s."contactId", s.role, s."signOrder"
    from jsonb_to_recordset(${sql.placeholder('signers')}::jsonb)
      as s(name text, email text, "contactId" uuid, role text, "signOrder" smallint)`),
)
