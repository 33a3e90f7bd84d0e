import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMailTransport, type OutgoingMail } from './transport.ts'

const folder = mkdtempSync(join(tmpdir(), 'mail-transport-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mail: OutgoingMail = {
  messageId: 'one@crm.example.com',
  fromName: 'Byron, Lovelace & Co.',
  to: 'ada@example.com',
  subject: 'Quote Q-1',
  text: 'Here it is.',
  attachments: [],
}

test('a mail that is sent twice under one name is one file, the later one', async () => {
  const mailbox = openMailTransport({ MAIL_FOLDER: folder, MAIL_FROM: 'crm@example.com' })
  await mailbox?.send({ ...mail, text: 'The first attempt.' })
  await mailbox?.send(mail)
  expect(readdirSync(folder)).toEqual(['one@crm.example.com.eml'])
  const text = readFileSync(join(folder, 'one@crm.example.com.eml'), 'utf8')
  expect(text).toContain('Here it is.')
  // A comma in the name of a company makes no second sender.
  expect(text).toMatch(/^From: "Byron, Lovelace & Co\." <crm@example\.com>$/m)
})

test.each(['http://mail.example.com', 'mail.example.com'])('%s is no server for mail', (url) => {
  expect(() => openMailTransport({ MAIL_SMTP_URL: url })).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error,
  )
})

test('a mailbox whose place depends on where a command runs is refused, and with nothing set there is none', () => {
  expect(() => openMailTransport({ MAIL_FOLDER: 'mailbox' })).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error,
  )
  expect(openMailTransport({})).toBeUndefined()
})
