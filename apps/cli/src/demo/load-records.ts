import type { AccountId, ContactId, UserId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import type { DataSources, TenantDb, TenantGrant } from '@tenantry/data-sources'
import type { DemoOpportunity, DemoRecords } from './make-records.ts'
import { Random } from './random.ts'
import type { Trade } from './trades/trade.ts'

/** Small enough to stay far below any statement deadline, large enough that round trips do not count. */
const batchSize = 25

/** Writes the records through the same door as everybody, a batch per transaction, so each has its history. */
export async function loadRecords(options: {
  dataSources: DataSources
  grant: TenantGrant
  trade: Trade
  records: DemoRecords
  /** Members who may own records. */
  owners: UserId[]
  onProgress: (text: string) => void
}): Promise<void> {
  const { records, onProgress } = options
  const write = <T>(work: (db: TenantDb) => Promise<T>) => options.dataSources.withTenantWriter(options.grant, work)
  const random = new Random(records.accounts.length)
  const ownerId = () =>
    options.owners.length === 0 ? null : (options.owners[random.between(0, options.owners.length - 1)] ?? null)

  const pipeline = await write((db) => db.pipelines.create(options.trade.pipeline))
  const accounts: AccountId[] = []
  for (const batch of batches(records.accounts)) {
    onProgress(`${accounts.length} of ${records.accounts.length} accounts`)
    const made = await write((db) =>
      Promise.all(batch.map((input) => db.accounts.create({ ...input, ownerId: ownerId() }))),
    )
    accounts.push(...made.map((account) => account.id))
  }
  const contacts: ContactId[] = []
  for (const batch of batches(records.contacts)) {
    onProgress(`${contacts.length} of ${records.contacts.length} contacts`)
    const made = await write((db) =>
      Promise.all(
        batch.map(({ input, account }) =>
          db.contacts.create({
            ...input,
            ownerId: ownerId(),
            accounts: [{ accountId: at(accounts, account), isPrimary: true }],
          }),
        ),
      ),
    )
    contacts.push(...made.map((contact) => contact.id))
  }
  let count = 0
  for (const batch of batches(records.opportunities)) {
    onProgress(`${count} of ${records.opportunities.length} opportunities`)
    await write(async (db) => {
      for (const opportunity of batch) {
        await loadOpportunity(db, { opportunity, pipeline, accounts, contacts, ownerId: ownerId() })
      }
    })
    count += batch.length
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

function batches<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize),
  )
}
