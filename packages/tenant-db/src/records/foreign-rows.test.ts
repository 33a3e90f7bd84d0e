import { isTenantryError } from '@tenantry/errors'
import { expect, test } from 'vitest'
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

forEveryRecord((placement, { pointers }) => {
  test.each(waysIn)(
    '%s the record of another tenant answers exactly as for a record that does not exist',
    async (_, go) => {
      const { mine, theirs } = placement()
      const record = await theirs.create()
      const [creation] = await theirs.history(record.id)
      const changeId = creation?.id ?? ''
      const answerTo = (id: string) => mine.transaction((db) => go(mine.on(db), id, changeId)).then(shown, shown)
      const foreign = await answerTo(record.id)
      expect(foreign).toEqual(await answerTo(unknownId()))
      expect(foreign).toMatchObject({ code: 'NOT_FOUND' })
      expect(await theirs.byId(record.id)).toEqual(record)
      expect(await theirs.history(record.id)).toHaveLength(1)
    },
  )

  test.each([...pointers])(
    'a row of another tenant cannot be pointed at by $field, as if there were no such row',
    async ({ field, rowOf, as = (row) => row }) => {
      const { mine, theirs } = placement()
      const { id } = await mine.create()
      const answerTo = (row: string) => mine.patch({ id, version: 1, patch: { [field]: as(row) } }).then(shown, shown)
      const foreign = await answerTo(await theirs.transaction(rowOf))
      expect(foreign).toEqual(await answerTo(unknownId()))
      expect(foreign).toMatchObject({ code: 'RULE_VIOLATED', data: { field } })
    },
  )
})

/** All that an error says, to the caller and to the logs. */
function shown(answer: unknown): unknown {
  if (!isTenantryError(answer)) return answer
  const { code, message, data, detail, retryAfterSeconds } = answer
  return { code, message, data, detail, retryAfterSeconds }
}
