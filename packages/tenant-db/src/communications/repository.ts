import type { Executor } from '@tenantry/connections/database'
import type { CommunicationId } from '@tenantry/contracts/ids'
import type {
  Communication,
  CommunicationInput,
  CommunicationListQuery,
  CommunicationPatch,
} from '@tenantry/contracts/communications'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { withLinks } from '../record-links/links.ts'
import { communicationListing } from './listing.ts'
import { receiveMessage, type ReceivedMessage } from './receive-message.ts'
import { communicationRecord } from './record.ts'

interface CommunicationTypes {
  id: CommunicationId
  row: Communication
  listed: Communication
  query: CommunicationListQuery
  input: CommunicationInput
  patch: CommunicationPatch
}

const parts: RecordParts<CommunicationTypes> = {
  record: communicationRecord,
  listing: communicationListing,
  fieldsOf: withLinks,
}

export class CommunicationsReader extends RecordsReader<CommunicationTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class CommunicationsWriter extends RecordsWriter<CommunicationTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  /** See `receiveMessage`. */
  receive(message: ReceivedMessage): Promise<Communication | undefined> {
    return receiveMessage(this.#acting, message)
  }
}
