import { Email, PhoneE164, line, text } from '@tenantry/contracts/scalars'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { oneValue } from '../http/request-facts.ts'
import { parseJson } from '../http/read-body.ts'
import type { InboundAdapter } from './adapter.ts'

const Sms = z.object({ from: PhoneE164, to: z.string().max(100), text: text(100_000) })
const Mail = z.object({
  from: Email,
  to: z.string().max(1_000),
  subject: line(500).nullish(),
  text: text(1_000_000),
  inReplyTo: z.string().max(1_000).nullish(),
  references: z.array(z.string().max(1_000)).max(100).default([]),
  attachments: z.int().min(0).max(1_000).default(0),
})

/** The canonical form: JSON, signed by Standard Webhooks over id, time and body. A second one with its id is the same message. */
export const standardAdapter: InboundAdapter = {
  async isSigned({ headers, body }, secret) {
    try {
      const said = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneValue(value) ?? '']))
      new Webhook(secret).verify(body, said, { jsonParse: false })
      return true
    } catch {
      return false
    }
  },
  async read({ kind, headers, body }) {
    const messageId = oneValue(headers['webhook-id']) ?? ''
    const said = parseJson(body.toString('utf8'))
    const common = { kind, provider: 'standard', messageId } as const
    if (kind === 'sms') return { ...common, ...Sms.parse(said), subject: null, answers: [], attachments: 0 }
    const { inReplyTo, references, subject, ...mail } = Mail.parse(said)
    return { ...common, ...mail, subject: subject ?? null, answers: [inReplyTo ?? '', ...references.toReversed()] }
  },
}
