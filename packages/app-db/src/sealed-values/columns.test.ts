import { lookInto } from '@tenantry/testing/look-into'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageAppDb } from '../database.fixture.ts'
import { columnsOf, sealedTables } from './columns.ts'

let stage: Awaited<ReturnType<typeof stageAppDb>>
beforeAll(async () => {
  stage = await stageAppDb()
})
afterAll(() => stage.close())

test('every column that is named like a sealed value is among those that are rotated', async () => {
  const found = await lookInto(
    stage.admin,
    `select column_name from information_schema.columns
     where table_schema = 'app' and data_type = 'text' and column_name ~ '(_key$|^sealed_|_sealed$)' order by column_name`,
  )
  const known = sealedTables.flatMap((place) => columnsOf(place).map(([, column]) => ({ column_name: column.name })))
  expect(found).toEqual(known.toSorted((a, b) => (a.column_name < b.column_name ? -1 : 1)))
})
