import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Contract, Signer } from '@tenantry/contracts/contracts'
import { and, isNull, ne, sql } from 'drizzle-orm'
import { contractSigners } from '../contract-signers/table.ts'
import { linked, putLinkOf } from '../documents/link.ts'
import { asRows } from '../records/plain.ts'
import { selectContracts } from './rows.ts'
import { contracts } from './table.ts'

/** A link is one signer's. */
export const putSignerLink = putLinkOf(contractSigners, {
  column: contractSigners.tokenHash,
  clears: contractSigners.onwardTokenHash,
})
/** Beside the link that was sent, which stays. */
export const putOnwardSignerLink = putLinkOf(contractSigners, { column: contractSigners.onwardTokenHash })

/** Throws LINK_NOT_VALID. A draft is nobody's business outside. */
export async function contractByLink(
  executor: Executor,
  hash: Uint8Array,
): Promise<{ contract: Contract; signer: Signer }> {
  const [found] = await executor.run(signerByLink, { hash })
  const { id, contractId } = linked(found)
  const [contract] = await executor.run(sentContract, { id: contractId })
  return { contract: linked(contract), signer: linked(contract?.signers.find((signer) => signer.id === id)) }
}

type Found = { id: string; contractId: string }
const signerByLink = statement<{ hash: Uint8Array }, Found>((db) =>
  db.execute<Found>(sql`
    select id, contract_id as "contractId" from ${contractSigners}
    where token_hash = ${sql.placeholder('hash')} or onward_token_hash = ${sql.placeholder('hash')}`),
)

const sentContract = statement<{ id: string }, Contract>((db) =>
  asRows<Contract>(
    selectContracts(db).where(
      and(sql`${contracts.id} = ${sql.placeholder('id')}`, isNull(contracts.deletedAt), ne(contracts.status, 'draft')),
    ),
  ),
)
