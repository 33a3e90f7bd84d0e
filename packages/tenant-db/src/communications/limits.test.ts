import { AttachmentListQuery } from '@tenantry/contracts/attachments'
import { CommunicationListQuery } from '@tenantry/contracts/communications'
import { LimitedKind } from '@tenantry/contracts/record-access'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { accountInput } from '@tenantry/testing/factories/account'
import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { leadInput } from '@tenantry/testing/factories/lead'
import { locationInput } from '@tenantry/testing/factories/location'
import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { tenantWriter } from '../open.ts'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

type Link = { entity: LinkedEntity; id: string }

inEveryPlacement((placement) => {
  describe('a message that nobody has written', () => {
    test('is seen, with its file, its links and its history, by whoever sees one of the records that it is about', async () => {
      const { mine } = placement()
      const own = await mine.limited(ownOnly)
      const [account, theirs] = [await accountOf(own), await accountOf(mine)]
      const { message, file } = await receive(mine, [account, theirs])
      expect(await own.read.communications.byId(message.id)).toMatchObject({ subject: 'Plans' })
      expect(await own.read.attachments.byId(file.id)).toMatchObject({ fileName: 'plan.pdf' })
      const { rows } = await own.read.communications.timeline(message.id, { limit: 10 })
      expect(rows.map(({ action }) => action)).toEqual(['created'])
      for (const asked of [{}, { search: 'plans' }, { filters: { about: account } }]) {
        expect(await idsOf(own, asked)).toEqual([message.id])
      }
      // Of what the member does not see it tells nothing.
      const { links } = await own.read.communications.byId(message.id)
      expect(links.map(({ id }) => id)).toEqual([account.id])
      expect(await idsOf(own, { filters: { about: theirs } })).toEqual([])
    })

    test('is out of reach in every way for whoever sees none of its records, its file too', async () => {
      const { mine } = placement()
      const own = await mine.limited(ownOnly)
      const [theirs, place] = [await accountOf(mine), await mine.write((db) => db.locations.create(locationInput()))]
      const location = { entity: 'location' as const, id: place.id }
      for (const links of [[], [theirs], [theirs, location], [location]]) {
        const { message, file } = await receive(mine, links)
        await expect(own.read.communications.byId(message.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(own.read.attachments.placeOf(file.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(
          own.write((db) => db.communications.patch({ id: message.id, version: 1, patch: { subject: 'Mine' } })),
        ).rejects.toMatchObject({ code: 'NOT_FOUND' })
        expect(await idsOf(own, { filters: { about: location } })).toEqual([])
        expect(await idsOf(own, { search: 'plans' })).toEqual([])
        const { rows } = await own.read.attachments.list(AttachmentListQuery.parse({ search: 'plan' }))
        expect(rows).toEqual([])
      }
    })

    test('stays out of reach of whoever reaches nobody’s messages, and what a colleague wrote of who reaches their own', async () => {
      const { mine } = placement()
      const [none, own] = [await mine.limited(noMessages), await mine.limited(ownOnly)]
      const accounts = [await accountOf(none), await accountOf(own)]
      const { message } = await receive(mine, accounts)
      const written = await mine.write((db) => db.communications.create(communicationInput({ links: accounts })))
      expect(await idsOf(none)).toEqual([])
      await expect(none.read.communications.byId(message.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await idsOf(own)).toEqual([message.id])
      await expect(own.read.communications.byId(written.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('is changed by whoever may change one of its records, and by nobody who only sees one', async () => {
      const { mine } = placement()
      const own = await mine.limited(ownOnly)
      const team = await mine.limited((person) => ({
        see: everyKind([person, mine.person.id]),
        change: everyKind([person]),
      }))
      const { message } = await receive(mine, [await accountOf(own), await accountOf(mine)])
      const patch = (desk: Desk) =>
        desk.write((db) => db.communications.patch({ id: message.id, version: 1, patch: { subject: 'Read' } }))
      await expect(patch(team)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await patch(own)).toMatchObject({ subject: 'Read', version: 2 })
    })

    test('comes along when the member takes what is about one record to another', async () => {
      const { mine } = placement()
      const own = await mine.limited(ownOnly)
      const lead = await own.write((db) => db.leads.create(leadInput()))
      const { message } = await receive(mine, [{ entity: 'lead', id: lead.id }, await accountOf(mine)])
      const account = await accountOf(own)
      await own.write((db) => db.recordLinks.takeAlong({ entity: 'lead', id: lead.id }, [account]))
      const { links } = await mine.read.communications.byId(message.id)
      // What the member does not see stays linked.
      expect(links.map(({ entity }) => entity).toSorted()).toEqual(['account', 'account', 'lead'])
    })

    test('leaves the limits as they were for what is asked after it', async () => {
      const { mine } = placement()
      const own = await mine.limited(ownOnly)
      await receive(mine, [await accountOf(own)])
      const { id } = await accountOf(mine)
      await own.write(async (db) => {
        expect((await db.communications.list(CommunicationListQuery.parse({}))).rows).toHaveLength(1)
        await expect(db.accounts.byId(id as never)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      })
    })
  })
})

async function accountOf(desk: Desk): Promise<Link> {
  return { entity: 'account', id: (await desk.write((db) => db.accounts.create(accountInput()))).id }
}

/** As the worker does it, in nobody's name. */
function receive(desk: Desk, links: Link[]) {
  return desk.database.transaction(async (tx) => {
    const db = tenantWriter(tx, { id: null, kind: 'system', requestId: 'test' })
    const message = await db.communications.receive({
      channel: 'email',
      subject: 'Plans',
      bodyText: 'Here they are.',
      threadKey: null,
      links: links as never,
      provider: 'standard',
      providerMessageId: v7(),
    })
    if (message === undefined) throw new Error('a message of a new id is new')
    const named = { fileName: 'plan.pdf', communicationId: message.id, links: links as never }
    return { message, file: await db.attachments.create(attachmentInput(named)) }
  })
}

async function idsOf(desk: Desk, asked: object = {}): Promise<string[]> {
  const query = CommunicationListQuery.parse(asked)
  const ids = (await desk.read.communications.list(query)).rows.map(({ id }) => id)
  expect(await desk.read.communications.count(query)).toEqual({ count: ids.length, capped: false })
  return ids
}

function ownOnly(person: string) {
  return { see: everyKind([person]), change: everyKind([person]) }
}

function noMessages(person: string) {
  const people = { ...everyKind([person]), communication: [] }
  return { see: people, change: people }
}

function everyKind(people: string[]) {
  return Object.fromEntries(LimitedKind.options.map((kind) => [kind, people]))
}
