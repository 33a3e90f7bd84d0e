import type { InboundMessage } from '@tenantry/contracts/inbound'
import { TenantryError } from '@tenantry/errors'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { oneValue } from '../http/request-facts.ts'
import type { InboundAdapter } from './adapter.ts'

/**
 * Text messages as Twilio brings them: a form, whose signature is an HMAC-SHA1 over the address that was called and all
 * fields, sorted by name. It says no time; what is delivered a second time is known by `MessageSid`, for as long as the first
 * one is kept.
 */
export const twilioAdapter: InboundAdapter = {
  async isSigned({ url, headers, body }, secret) {
    const fields = [...new URLSearchParams(body.toString('utf8'))]
    const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    const signed = sorted.reduce((so, [name, value]) => so + name + value, url)
    const expected = createHmac('sha1', secret).update(signed, 'utf8').digest()
    const given = Buffer.from(oneValue(headers['x-twilio-signature']) ?? '', 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  },
  async read({ kind, body }) {
    const fields = new URLSearchParams(body.toString('utf8'))
    const messageId = fields.get('MessageSid') ?? ''
    if (!/^[A-Za-z0-9]{10,64}$/.test(messageId))
      throw new TenantryError('BAD_INPUT', { message: 'The delivery names no MessageSid.' })
    return {
      kind,
      provider: 'twilio',
      messageId,
      from: fields.get('From') ?? '',
      to: fields.get('To') ?? '',
      subject: null,
      text: fields.get('Body') ?? '',
      answers: [],
      consent: consentIn(fields),
      bounced: null,
      files: [],
      undelivered: Number(/^\d{1,3}$/.exec(fields.get('NumMedia') ?? '')?.[0] ?? 0),
    }
  },
  answer: { contentType: 'text/xml', body: '<Response></Response>' },
}

/** What Twilio says that it took the message for, else the words at which carriers and Twilio itself stop and start. */
function consentIn(fields: URLSearchParams): InboundMessage['consent'] {
  const word = (fields.get('OptOutType') ?? fields.get('Body') ?? '').trim().toUpperCase()
  if (['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'].includes(word)) return 'withdrawn'
  return ['START', 'UNSTOP'].includes(word) ? 'given' : null
}
