import { transferTables } from '@tenantry/tenant-db/transfer'
import { expect, test } from 'vitest'
import { manifestOf } from './manifest.ts'

test('every table that moving in may write to has a line in the manifest', () => {
  const { entries } = manifestOf({
    legacyTenantId: '11111111-1111-4111-8111-111111111111',
    currency: 'EUR',
    exponent: 2,
    timeZone: 'Europe/Berlin',
    callingCode: '49',
    memberIds: [],
  })
  expect([...new Set(entries.map(({ target }) => target))].toSorted()).toEqual(transferTables.toSorted())
})
