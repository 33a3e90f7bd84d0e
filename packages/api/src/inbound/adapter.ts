import type { InboundMessage } from '@tenantry/contracts/inbound'
import type { IncomingHttpHeaders } from 'node:http'

/** What a provider has delivered, as it arrived. */
export interface Delivery {
  kind: InboundMessage['kind']
  /** As the provider calls it: that is part of what some sign. */
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** How one provider signs and writes what it delivers. */
export interface InboundAdapter {
  /** Whether the delivery was signed with this secret, not long ago. Compares in constant time; never throws. */
  isSigned(delivery: Delivery, secret: string): Promise<boolean>
  /** Only asked of what is signed. Throws BAD_INPUT. */
  read(delivery: Delivery): Promise<InboundMessage>
  /** What the provider wants to hear. Default: JSON. */
  answer?: { contentType: string; body: string }
}

/** How old a delivery may be, where its signature says when it was made. */
export const toleranceSeconds = 300
