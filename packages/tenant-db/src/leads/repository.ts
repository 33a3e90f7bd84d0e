import type { Executor } from '@tenantry/connections/database'
import type { AccountId, ContactId, LeadId, OpportunityId } from '@tenantry/contracts/ids'
import type { Lead, LeadInput, LeadListQuery, LeadPatch } from '@tenantry/contracts/leads'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import {
  assertNotInBin,
  createRecord,
  lockRecord,
  transactionTime,
  writeChange,
  type RecordVersion,
} from '../records/change-record.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { answered } from './answered.ts'
import { leadListing } from './listing.ts'
import { leadRecord } from './record.ts'

interface LeadTypes {
  id: LeadId
  row: Lead
  listed: Lead
  query: LeadListQuery
  input: LeadInput
  patch: LeadPatch
}

const parts: RecordParts<LeadTypes> = { record: leadRecord, listing: leadListing }

export class LeadsReader extends RecordsReader<LeadTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

/** What a lead has become. */
export interface Conversion {
  accountId: AccountId
  contactId: ContactId
  opportunityId: OpportunityId | null
}

export class LeadsWriter extends RecordsWriter<LeadTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  override async create(input: LeadInput): Promise<Lead> {
    const now = await transactionTime(this.#acting.executor)
    return createRecord(this.#acting, leadRecord, { ...input, ...answered(input.status, null, now) })
  }

  override async patch({ patch, ...at }: { id: LeadId; version: number; patch: LeadPatch }): Promise<Lead> {
    const [before, now] = await this.#lock(at)
    const changes = { ...patch, ...answered(patch.status, before.firstResponseAt, now) }
    return writeChange(this.#acting, leadRecord, before, changes, { action: 'changed' })
  }

  /**
   * Takes the lead for a conversion: whoever else converts or changes it waits until this transaction ends and is then
   * refused. The status itself turns with the ids (`markConverted`), which the table wants together. Throws NOT_FOUND,
   * STALE_WRITE, and RULE_VIOLATED for a lead that is converted already or in the bin.
   */
  async claim(at: { id: LeadId; version: number }): Promise<Lead> {
    const lead = await lockRecord(this.#acting.executor, leadRecord, at)
    if (lead.status === 'converted') {
      throw new TenantryError('RULE_VIOLATED', { message: 'This lead has been converted already.' })
    }
    assertNotInBin(lead)
    return lead
  }

  /** Ends a conversion: from now on the lead is read-only and names what it became. */
  async markConverted(at: { id: LeadId; version: number }, conversion: Conversion): Promise<Lead> {
    const [before, now] = await this.#lock(at)
    const changes = {
      status: 'converted',
      convertedAt: now,
      convertedBy: this.#acting.actor.id,
      convertedAccountId: conversion.accountId,
      convertedContactId: conversion.contactId,
      convertedOpportunityId: conversion.opportunityId,
      ...answered('converted', before.firstResponseAt, now),
    }
    return writeChange(this.#acting, leadRecord, before, changes, { action: 'converted' })
  }

  #lock(at: RecordVersion): Promise<[Lead, string]> {
    const { executor } = this.#acting
    return inOneTrip([lockRecord(executor, leadRecord, at), transactionTime(executor)])
  }
}
