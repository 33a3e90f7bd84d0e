import { AttachmentListQuery } from '@tenantry/contracts/attachments'
import { LimitedKind } from '@tenantry/contracts/record-access'
import { accountInput } from '@tenantry/testing/factories/account'
import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { tenantWriter } from '../open.ts'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('the file of a signed contract is seen with the contract, changed by nobody who is limited, and else out of reach', async () => {
    const { mine } = placement()
    const [own, nobodys] = [await mine.limited(ownOnly), await mine.limited(noFiles)]
    for (const desk of [own, nobodys]) {
      const [seen, hidden] = [await signed(desk), await signed(mine)]
      expect(await desk.read.attachments.findPlace(seen)).toMatchObject({ id: seen })
      expect(await desk.read.attachments.findPlace(hidden)).toBeUndefined()
      await expect(desk.read.attachments.byId(hidden)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await idsOf(desk)).toEqual([seen])
      await expect(
        desk.write((db) => db.attachments.patch({ id: seen, version: 1, patch: { description: 'Mine' } })),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test('any other file that nobody has made stays out of reach, whatever it says of itself', async () => {
    const { mine } = placement()
    const own = await mine.limited(ownOnly)
    const account = await own.write((db) => db.accounts.create(accountInput()))
    const links = [{ entity: 'account' as const, id: account.id }]
    const file = await asNobody(mine, (db) =>
      db.attachments.create(attachmentInput({ fileName: 'signed.pdf', isEvidence: true, links })),
    )
    expect(await own.read.attachments.findPlace(file.id)).toBeUndefined()
    expect(await idsOf(own)).toEqual([])
  })
})

/** A contract about a company of the desk's person, with its file as the worker keeps it. */
async function signed(desk: Desk) {
  const account = await desk.write((db) => db.accounts.create(accountInput()))
  const file = await asNobody(desk, (db) =>
    db.attachments.create(attachmentInput({ fileName: 'signed.pdf', isEvidence: true })),
  )
  await desk.database.transaction((tx) =>
    tx.db.execute(sql`
      insert into crm.contracts (number, title, account_id, body_html, body_sha256, signed_pdf_attachment_id)
      values (${file.id}, 'Signed', ${account.id}::uuid, '', '\\x01', ${file.id}::uuid)`),
  )
  return file.id
}

function asNobody<T>(desk: Desk, work: (db: ReturnType<typeof tenantWriter>) => Promise<T>): Promise<T> {
  return desk.database.transaction((tx) => work(tenantWriter(tx, { id: null, kind: 'system', requestId: 'test' })))
}

async function idsOf(desk: Desk): Promise<string[]> {
  const asked = [{}, { search: 'signed' }].map((query) => AttachmentListQuery.parse(query))
  const [all, found] = await Promise.all(asked.map((query) => desk.read.attachments.list(query)))
  const ids = all?.rows.map(({ id }) => id) ?? []
  expect(found?.rows.map(({ id }) => id)).toEqual(ids)
  return ids
}

function ownOnly(person: string) {
  const people = Object.fromEntries(LimitedKind.options.map((kind) => [kind, [person]]))
  return { see: people, change: people }
}

function noFiles(person: string) {
  const people = { ...ownOnly(person).see, attachment: [], communication: [] }
  return { see: people, change: people }
}
