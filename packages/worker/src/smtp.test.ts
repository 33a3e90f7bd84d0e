import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isFinal, wordOf } from './mail-failures.ts'
import { openMailTransport, type OutgoingMail } from './transport.ts'

const opened: SMTPServer[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await new Promise<void>((done) => server.close(() => done()))
})

const mail: OutgoingMail = {
  messageId: 'one@crm.example.com',
  fromName: 'Byron, Lovelace & Co.',
  to: 'ada@example.com',
  subject: 'Angebot für Zoë',
  text: 'Here it is.\n.\nA line with only a dot ends no mail.',
  attachments: [{ filename: 'Q-1.pdf', content: Buffer.from('%PDF-1.7 …'), contentType: 'application/pdf' }],
}

test('a server takes the mail as it was written, from whom and for whom it says, with what is attached', async () => {
  const taken: { from: string; to: string[]; message: string }[] = []
  const url = await serve({
    authOptional: true,
    async onData(stream, { envelope }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      const to = envelope.rcptTo.map(({ address }) => address)
      taken.push({ from, to, message: await text(stream) })
      done()
    },
  })
  await deliver(url())
  expect(taken).toMatchObject([{ from: 'crm@example.com', to: ['ada@example.com'] }])
  const { message } = taken[0] ?? { message: '' }
  expect(message).toContain('Message-ID: <one@crm.example.com>\r\n')
  expect(message).toContain('From: "Byron, Lovelace & Co." <crm@example.com>\r\n')
  expect(message).toContain('\r\n.\r\nA line with only a dot ends no mail.')
  expect(message).toContain(Buffer.from('%PDF-1.7 …').toString('base64'))
})

test('name and password reach the server as they are, whatever signs the address writes them with', async () => {
  const seen: unknown[] = []
  const url = await serve({
    onAuth({ username, password }, _session, done) {
      seen.push(username, password)
      done(null, { user: 'crm' })
    },
  })
  await deliver(url('crm%40example.com:p%3As%2Fword'))
  expect(seen).toEqual(['crm@example.com', 'p:s/word'])
})

test('a recipient whom the server refuses for good ends the mail, one who is to come back later does not', async () => {
  for (const [responseCode, final] of [
    [550, true],
    [451, false],
  ] as const) {
    const url = await serve({
      authOptional: true,
      onRcptTo: (_to, _session, done) => done(Object.assign(new Error('not ada@example.com'), { responseCode })),
    })
    const failure = await failureOf(deliver(url()))
    expect([isFinal(failure), wordOf(failure)]).toEqual([final, `EENVELOPE ${responseCode}`])
  }
})

test('a wrong password or sender is the operator’s to mend and ends no mail; nor does a server that is away or hangs up', async () => {
  const strict = await serve({ onAuth: (_auth, _session, done) => done(new Error('no')) })
  const refused = await failureOf(deliver(strict('crm:wrong')))
  expect([isFinal(refused), wordOf(refused)]).toEqual([false, 'EAUTH 535'])
  const choosy = await serve({
    authOptional: true,
    onMailFrom: (_from, _session, done) => done(Object.assign(new Error('not you'), { responseCode: 553 })),
  })
  expect(isFinal(await failureOf(deliver(choosy())))).toBe(false)
  const rude = await serve({ authOptional: true, onMailFrom: (_from, { id }, done) => done(hangUp(id)) })
  expect(isFinal(await failureOf(deliver(rude())))).toBe(false)
  const gone = await serve({ authOptional: true })
  await new Promise<void>((done) => opened.pop()?.close(() => done()))
  expect(isFinal(await failureOf(deliver(gone())))).toBe(false)
})

/** Ends every connection in the middle of a mail. */
function hangUp(id: string): Error {
  for (const server of opened)
    for (const connection of server.connections as Iterable<{ close(): void }>) connection.close()
  return new Error(`hung up on ${id}`)
}

async function serve(options: SMTPServerOptions) {
  const server = new SMTPServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, logger: false, ...options })
  server.on('error', () => {})
  opened.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.server.address() as AddressInfo
  return (user?: string) => `smtp://${user === undefined ? '' : `${user}@`}127.0.0.1:${port}`
}

async function deliver(url: string): Promise<void> {
  await using transport = openMailTransport({ MAIL_SMTP_URL: url, MAIL_FROM: 'crm@example.com' })
  await transport?.send(mail)
}

async function failureOf(sending: Promise<void>): Promise<unknown> {
  return sending.then(
    () => expect.unreachable('the mail was taken'),
    (error: unknown) => error,
  )
}
