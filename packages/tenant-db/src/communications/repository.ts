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
import { isReceived, receiveMessage, type Origin, type ReceivedMessage } from './receive-message.ts'
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
  /** See `isReceived`. */
  readonly isReceived: (origin: Origin) => Promise<boolean>

  constructor(executor: Executor) {
    super(executor, parts)
    this.isReceived = (origin) => isReceived(executor, origin)
  }
}

export class CommunicationsWriter extends RecordsWriter<CommunicationTypes> {
  readonly isReceived: CommunicationsReader['isReceived']
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
    this.isReceived = (origin) => isReceived(acting.executor, origin)
  }

  /** See `receiveMessage`. */
  receive(message: ReceivedMessage): Promise<Communication | undefined> {
    return receiveMessage(this.#acting, message)
  }
}
