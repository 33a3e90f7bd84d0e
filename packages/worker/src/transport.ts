import { TenantryError } from '@tenantry/errors'
import { mkdir, open, rename } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { MailVariables } from './variables.ts'

export interface OutgoingMail {
  /** The same for each attempt: a server or a mailbox that has it already can tell. */
  messageId: string
  fromName: string
  to: string
  subject: string
  text: string
  attachments: { filename: string; content: Buffer; contentType: string }[]
}

/** Takes a mail, or throws. */
export interface MailTransport extends AsyncDisposable {
  send(mail: OutgoingMail): Promise<void>
}

const defaultFrom = 'crm@localhost.invalid'

/** Undefined where nothing says how mails leave. Throws CONFIGURATION_INVALID. */
export function openMailTransport(settings: MailVariables): MailTransport | undefined {
  const { MAIL_SMTP_URL: url, MAIL_FOLDER: folder, MAIL_FROM: from = defaultFrom } = settings
  if (url !== undefined) return smtpTransport(url, from)
  if (folder === undefined) return undefined
  if (!isAbsolute(folder)) {
    throw new TenantryError('CONFIGURATION_INVALID', { message: 'MAIL_FOLDER must be an absolute path.' })
  }
  return mailboxTransport(folder, from)
}

function smtpTransport(url: string, from: string): MailTransport {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !/^smtps?:$/.test(address.protocol)) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'MAIL_SMTP_URL must be smtps://user:password@host:465 or smtp://user:password@host:587.',
    })
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  const secure = address.protocol === 'smtps:'
  const transport = createTransport({
    host: address.hostname,
    port: Number(address.port || (secure ? 465 : 587)),
    secure,
    // A password never travels in clear, whatever the server offers.
    requireTLS: !secure && !isLocal,
    ...(address.username !== '' && {
      auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) },
    }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      await transport.sendMail(messageOf(mail, from))
    },
    [Symbol.asyncDispose]() {
      transport.close()
      return Promise.resolve()
    },
  }
}

/** Each mail is a file, named by its id: an attempt that is made again writes the same one. */
function mailboxTransport(folder: string, from: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(mail) {
      const { message } = await transport.sendMail(messageOf(mail, from))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const place = join(folder, `${mail.messageId.replaceAll(/[^\w.@-]/g, '_')}.eml`)
      const file = await open(`${place}.unfinished`, 'w', 0o600)
      try {
        await file.writeFile(message as Buffer)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${place}.unfinished`, place)
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function messageOf({ messageId, fromName, to, subject, text, attachments }: OutgoingMail, from: string) {
  return {
    messageId: `<${messageId}>`,
    // Given as objects, a name or an address with a comma in it is no second recipient.
    from: { name: fromName, address: from },
    to: [{ name: '', address: to }],
    subject,
    text,
    attachments,
  }
}
