import { isTenantryError } from '@tenantry/errors'
import { describe, expect, test } from 'vitest'
import { forEveryRecord, unknownId, type AnyRepository } from './kinds.fixture.ts'

const waysIn: [string, (repository: AnyRepository, id: string, changeId: string) => Promise<unknown>][] = [
  ['reading', (repository, id) => repository.byId(id)],
  ['reading its timeline', (repository, id) => repository.timeline(id, { limit: 10 })],
  ['patching', (repository, id) => repository.patch({ id, version: 1, patch: {} })],
  ['patching an old version of', (repository, id) => repository.patch({ id, version: 7, patch: {} })],
  ['archiving', (repository, id) => repository.archive({ id, version: 1 })],
  ['unarchiving', (repository, id) => repository.unarchive({ id, version: 1 })],
  ['removing', (repository, id) => repository.remove({ id, version: 1 })],
  ['restoring', (repository, id) => repository.restore({ id, version: 1 })],
  ['undoing a change of', (repository, id, changeId) => repository.undo(id, changeId)],
]

/** Everybody's, whoever is limited. */
const common = new Set(['location', 'resource', 'catalog_item'])

forEveryRecord((placement, { entity, pointers }) => {
  describe.skipIf(common.has(entity))('of which a member reaches their own only', () => {
    test.each(waysIn)('%s a colleague’s record answers exactly as for one that does not exist', async (_, go) => {
      const { mine, limited } = placement()
      const record = await mine.create()
      const [creation] = await mine.history(record.id)
      const answerTo = (id: string) =>
        limited.transaction((db) => go(limited.on(db), id, creation?.id ?? '')).then(shown, shown)
      const hidden = await answerTo(record.id)
      expect(hidden).toEqual(await answerTo(unknownId()))
      expect(hidden).toMatchObject({ code: 'NOT_FOUND' })
      expect(await mine.byId(record.id)).toEqual(record)
      expect(await mine.history(record.id)).toHaveLength(1)
    })

    test('a record of one’s own is created, changed, put away, taken back and undone as if nothing were limited', async () => {
      const { limited } = placement()
      const { id, ...created } = await limited.create()
      expect(created.createdBy).toBe(limited.person.id)
      await limited.patch({ id, version: 1, patch: { [limited.second]: 'Changed' } })
      await limited.archive({ id, version: 2 })
      await limited.remove({ id, version: 3 })
      const restored = await limited.restore({ id, version: 4 })
      const [, change] = await limited.history(id)
      const undone = await limited.undo(id, change?.id ?? '')
      expect(undone).toMatchObject({ version: restored.version + 1, [limited.second]: null })
      expect((await limited.history(id)).map(({ action }) => action)).toEqual([
        'created',
        'changed',
        'archived',
        'deleted',
        'restored',
        'undone',
      ])
    })
  })

  test.each(pointers.filter(pointsAtSomebodys))(
    'a colleague’s row cannot be pointed at by $field, as if there were no such row',
    async ({ field, rowOf, as = (row) => row }) => {
      const { mine, limited } = placement()
      const { id } = await limited.create()
      const answerTo = (row: string) =>
        limited.patch({ id, version: 1, patch: { [field]: as(row) } }).then(shown, shown)
      const hidden = await answerTo(await mine.transaction(rowOf))
      expect(hidden).toEqual(await answerTo(unknownId()))
      expect(hidden).toMatchObject({ code: 'RULE_VIOLATED', data: { field } })
    },
  )

  test.each(pointers)('a row of one’s own can be pointed at by $field', async ({ field, rowOf, as = (row) => row }) => {
    const { limited } = placement()
    const { id } = await limited.create()
    const pointer = as(await limited.transaction(rowOf))
    // Somebody else’s name on it would put it out of reach; the list of members begins with one’s own.
    const own = field === 'ownerId' || field === 'assigneeId' ? limited.person.id : pointer
    const patched = await limited.patch({ id, version: 1, patch: { [field]: own } })
    expect(patched).toMatchObject({ version: 2 })
  })
})

/** Members and what the company shares can be pointed at by everybody. */
function pointsAtSomebodys({ field, as }: { field: string; as?: (id: string) => unknown }): boolean {
  const common = ['ownerId', 'assigneeId', 'memberIds', 'locationId']
  return !common.includes(field) && !JSON.stringify(as?.('') ?? null).includes('location')
}

/** All that an error says, to the caller and to the logs. */
function shown(answer: unknown): unknown {
  if (!isTenantryError(answer)) return answer
  const { code, message, data, detail, retryAfterSeconds } = answer
  return { code, message, data, detail, retryAfterSeconds }
}
