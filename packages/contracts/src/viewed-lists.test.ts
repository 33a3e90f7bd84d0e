import { expect, test } from 'vitest'
import { viewedLists } from './viewed-lists.ts'

test.each(Object.entries(viewedLists))(
  'a filter that the list of %s does not have is refused, not left out',
  (_entity, { query }) => {
    expect(query.safeParse({ filters: {} }).success).toBe(true)
    const { error } = query.safeParse({ filters: { ownr: 'somebody' } })
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['ownr'], path: ['filters'] }])
  },
)
