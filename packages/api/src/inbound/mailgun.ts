import type { InboundFile } from '@tenantry/contracts/inbound'
import { TenantryError } from '@tenantry/errors'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { InboundAdapter, Delivery } from './adapter.ts'
import { toleranceSeconds } from './adapter.ts'

/**
 * Mails as a route of Mailgun brings them, parsed: a form, signed by an HMAC-SHA256 over its `timestamp` and `token`. The
 * signature does not cover the rest, so it is worth something for a few minutes only.
 */
export const mailgunAdapter: InboundAdapter = {
  async isSigned(delivery, secret) {
    const fields = await fieldsOf(delivery).catch(() => undefined)
    if (fields === undefined) return false
    const [timestamp, token] = [textOf(fields, 'timestamp'), textOf(fields, 'token')]
    const expected = createHmac('sha256', secret).update(`${timestamp}${token}`).digest()
    const given = Buffer.from(textOf(fields, 'signature'), 'hex')
    const isSame = given.length === expected.length && timingSafeEqual(given, expected)
    return isSame && Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds
  },
  async read(delivery) {
    const fields = await fieldsOf(delivery)
    const messageId = textOf(fields, 'Message-Id')
    if (messageId === '' || messageId.length > 1_000)
      throw new TenantryError('BAD_INPUT', { message: 'The delivery names no Message-Id.' })
    const files = await filesIn(fields)
    const announced = Number(/^\d{1,3}$/.exec(textOf(fields, 'attachment-count'))?.[0] ?? 0)
    const references = textOf(fields, 'References').split(/\s+/).slice(-100).toReversed()
    const subject = textOf(fields, 'subject')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 500)
    return {
      kind: 'mail',
      provider: 'mailgun',
      messageId,
      from: addressIn(textOf(fields, 'from')) ?? textOf(fields, 'sender'),
      to: textOf(fields, 'recipient').slice(0, 1_000),
      subject: subject === '' ? null : subject,
      text: textOf(fields, 'body-plain'),
      answers: [textOf(fields, 'In-Reply-To'), ...references],
      consent: null,
      bounced: addressIn(textOf(fields, 'X-Failed-Recipients').split(',')[0] ?? '') ?? null,
      files,
      undelivered: Math.max(0, announced - files.length),
    }
  },
}

/** The signature is one of the fields, so they are read before it is known; they are kept for what is read afterwards. */
const forms = new WeakMap<Delivery, Promise<FormData>>()

/** Plain or in parts: the platform reads both. */
function fieldsOf(delivery: Delivery): Promise<FormData> {
  const { headers, body } = delivery
  const type = headers['content-type'] ?? 'application/x-www-form-urlencoded'
  const form =
    forms.get(delivery) ?? new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  forms.set(delivery, form)
  return form
}

/** Whatever has a file name is a file: `attachment-1` and so on. */
function filesIn(fields: FormData): Promise<InboundFile[]> {
  const files = [...fields.values()].filter((value) => typeof value !== 'string')
  return Promise.all(
    files.map(async (file) => ({ fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  )
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** Of `Ada Byron <ada@example.com>` what stands in brackets. */
function addressIn(text: string): string | undefined {
  const [, address] = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text) ?? /^\s*([^<>\s]+@[^<>\s]+)\s*$/.exec(text) ?? []
  return address
}
