import { expect, test } from 'vitest'
import { renderTable } from './table.ts'
import { painter } from './terminal.ts'

test('columns line up whatever colours and letters are in them', () => {
  const paint = painter({ useColor: true })
  const rendered = renderTable(
    ['slug', 'state'],
    [
      [paint('green', 'acme'), 'ok'],
      ['blöm-long', 'away'],
    ],
  )
  // oxlint-disable-next-line no-control-regex -- colours are control sequences
  expect(rendered.replaceAll(/\u001b\[\d+m/g, '').split('\n')).toEqual([
    'slug       state',
    'acme       ok',
    'blöm-long  away',
  ])
})

test('where colours are not wanted there are none', () => {
  expect(painter({ useColor: false })('red', 'plain')).toBe('plain')
})
