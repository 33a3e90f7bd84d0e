import { expect, it } from 'vitest'
import { uniqueRows } from './unique-rows.ts'

it('shows a row once that moved to a later page while the list was read', () => {
  const pages = [
    {
      rows: [
        { id: 'a', n: 1 },
        { id: 'b', n: 1 },
      ],
    },
    {
      rows: [
        { id: 'a', n: 2 },
        { id: 'c', n: 2 },
      ],
    },
  ]
  expect(uniqueRows(pages)).toEqual([
    { id: 'b', n: 1 },
    { id: 'a', n: 2 },
    { id: 'c', n: 2 },
  ])
})

it('tells a list that is not there yet from an empty one', () => {
  expect(uniqueRows(undefined)).toBeUndefined()
  expect(uniqueRows([{ rows: [] }])).toEqual([])
})
