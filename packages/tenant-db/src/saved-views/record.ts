import type { SavedView } from '@tenantry/contracts/saved-views'
import { tableRecord } from '../records/table-record.ts'
import { selectSavedViews } from './rows.ts'
import { savedViews } from './table.ts'

/** A view as it is stored; what the list makes of it is told when it is read. */
export type StoredView = Omit<SavedView, 'problems'>

export const savedViewRecord = tableRecord<StoredView>({
  entity: 'saved_view',
  table: savedViews,
  fields: ['list', 'name', 'layout', 'visibility', 'ownerId', 'position', 'isDefault', 'config'],
  select: selectSavedViews,
  refusals: {
    saved_views_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
  },
})
