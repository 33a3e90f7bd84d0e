import type { Executor } from '@tenantry/connections/database'
import type {
  Contract,
  ContractInput,
  ContractListed,
  ContractListQuery,
  ContractPatch,
  Signer,
} from '@tenantry/contracts/contracts'
import type { AttachmentId, ContractId, QuoteId } from '@tenantry/contracts/ids'
import { isTenantryError } from '@tenantry/errors'
import { putLink } from '../documents/link.ts'
import type { Acting } from '../records/acting.ts'
import { lockAndRead } from '../records/lock.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { contractByLink, putOnwardSignerLink, putSignerLink } from './links.ts'
import { contractListing } from './listing.ts'
import { contractFields, contractRecord } from './record.ts'
import {
  createContract,
  declineContract,
  keepSignedFile,
  sendContract,
  signContract,
  viewContract,
  voidContract,
  voidContractsOf,
  type SignatureGiven,
  type Signing,
} from './write-contract.ts'

interface ContractTypes {
  id: ContractId
  row: Contract
  listed: ContractListed
  query: ContractListQuery
  input: ContractInput
  patch: ContractPatch
}

const parts: RecordParts<ContractTypes> = { record: contractRecord, listing: contractListing, fieldsOf: contractFields }

export class ContractsReader extends RecordsReader<ContractTypes> {
  /** The contract that a signer's link leads to, by the hash of its token. Throws LINK_NOT_VALID. */
  readonly byLink: (hash: Uint8Array) => Promise<{ contract: Contract; signer: Signer }>

  constructor(executor: Executor) {
    super(executor, parts)
    this.byLink = (hash) => contractByLink(executor, hash)
  }
}

/** A draft changes like any record; once sent, a contract is only signed, declined or voided. */
export class ContractsWriter extends RecordsWriter<ContractTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  byLink(hash: Uint8Array): Promise<{ contract: Contract; signer: Signer }> {
    return contractByLink(this.#acting.executor, hash)
  }

  /** Makes a link lead to a signer, by the hash of its token, and the one before it nowhere. Throws NOT_FOUND. */
  putLink(signerId: string, hash: Uint8Array): Promise<void> {
    return putLink(this.#acting.executor, putSignerLink, { id: signerId, hash })
  }

  /** The same for whoever comes from the document before it; the link that was sent goes on leading here. Throws NOT_FOUND. */
  putOnwardLink(signerId: string, hash: Uint8Array): Promise<void> {
    return putLink(this.#acting.executor, putOnwardSignerLink, { id: signerId, hash })
  }

  /** A draft with the next number. */
  override create(input: ContractInput & { eventId?: string | null }): Promise<Contract> {
    return createContract(this.#acting, input)
  }

  /** See `sendContract`. */
  send(at: ContractVersion): Promise<Contract> {
    return sendContract(this.#acting, at)
  }

  /** Remembers that a signer has seen it. */
  view(signing: Signing): Promise<Contract> {
    return viewContract(this.#acting, signing)
  }

  /** The signature itself; the business operation does what follows from the last one. See `signContract`. */
  sign(given: Signing & SignatureGiven): Promise<Contract> {
    return signContract(this.#acting, given)
  }

  decline(given: Signing & { reason: string | null }): Promise<Contract> {
    return declineContract(this.#acting, given)
  }

  /** See `voidContract`. */
  void(at: ContractVersion & { reason: string }): Promise<Contract> {
    return voidContract(this.#acting, at)
  }

  /** As it is, until the transaction ends; undefined where there is none (yet). Throws FORBIDDEN. */
  async findLocked(id: ContractId): Promise<Contract | undefined> {
    const { executor } = this.#acting
    return lockAndRead(executor, contractRecord, id).catch((error: unknown) => {
      if (isTenantryError(error, 'NOT_FOUND')) return undefined
      throw error
    })
  }

  /** See `keepSignedFile`. */
  keepSigned(file: { id: ContractId; attachmentId: AttachmentId }): Promise<Contract> {
    return keepSignedFile(this.#acting, file)
  }

  /** All that stand about a quote. See `voidContractsOf`. */
  voidAbout(quote: { quoteId: QuoteId; reason: string }): Promise<Contract[]> {
    return voidContractsOf(this.#acting, quote)
  }
}

interface ContractVersion {
  id: ContractId
  version: number
}
