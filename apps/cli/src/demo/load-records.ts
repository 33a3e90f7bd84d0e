import type { AccountId, ContactId, UserId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import type { TenantDb } from '@tenantry/data-sources'
import type { DemoOpportunity, DemoRecords } from './make-records.ts'
import { Random } from './random.ts'
import type { Trade } from './trades/trade.ts'

/** Writes the records through the same handle as everybody, so each has its history. */
export async function loadRecords(
  db: TenantDb,
  options: {
    trade: Trade
    records: DemoRecords
    /** Members who may own records. */
    owners: UserId[]
    onProgress: (text: string) => void
  },
): Promise<void> {
  const { records, owners, onProgress } = options
  const random = new Random(records.accounts.length)
  const ownerId = () => (owners.length === 0 ? null : (owners[random.between(0, owners.length - 1)] ?? null))

  const pipeline = await db.pipelines.create(options.trade.pipeline)
  onProgress(`${records.accounts.length} accounts`)
  // Sent together, they share round trips.
  const accounts = await Promise.all(
    records.accounts.map((input) => db.accounts.create({ ...input, ownerId: ownerId() })),
  )
  const accountIds = accounts.map((account) => account.id)
  onProgress(`${records.contacts.length} contacts`)
  const contacts = await Promise.all(
    records.contacts.map(({ input, account }) =>
      db.contacts.create({
        ...input,
        ownerId: ownerId(),
        accounts: [{ accountId: at(accountIds, account), isPrimary: true }],
      }),
    ),
  )
  const contactIds = contacts.map((contact) => contact.id)
  onProgress(`${records.opportunities.length} opportunities`)
  for (const opportunity of records.opportunities) {
    await loadOpportunity(db, {
      opportunity,
      pipeline,
      accounts: accountIds,
      contacts: contactIds,
      ownerId: ownerId(),
    })
  }
}

/** Enters the first stage and is moved on from there, as its history shall tell. */
async function loadOpportunity(
  db: TenantDb,
  given: {
    opportunity: DemoOpportunity
    pipeline: Pipeline
    accounts: AccountId[]
    contacts: ContactId[]
    ownerId: UserId | null
  },
): Promise<void> {
  const { opportunity, pipeline } = given
  const [first = '', ...later] = opportunity.path
  let { id, version } = await db.opportunities.create({
    ...opportunity.input,
    pipelineId: pipeline.id,
    stageId: stageOf(pipeline, first),
    ownerId: given.ownerId,
    accountId: at(given.accounts, opportunity.account),
    contactId: opportunity.contact === undefined ? null : at(given.contacts, opportunity.contact),
  })
  for (const [index, name] of later.entries()) {
    const isLast = index === later.length - 1
    const reason = isLast && opportunity.lostReason !== undefined ? { lostReason: opportunity.lostReason } : {}
    const moved = await db.opportunities.move({ id, version, stageId: stageOf(pipeline, name), ...reason })
    ;({ id, version } = moved)
  }
}

function stageOf(pipeline: Pipeline, name: string) {
  const stage = pipeline.stages.find((candidate) => candidate.name === name)
  if (stage === undefined) throw new Error(`the demo's pipeline has no stage ${name}`)
  return stage.id
}

function at<T>(list: T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`the demo's records point at a record ${index} that is not there`)
  return found
}
