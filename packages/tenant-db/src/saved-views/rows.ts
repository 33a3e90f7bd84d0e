import type { LeasedDrizzle } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import type { SavedView } from '@tenantry/contracts/saved-views'
import { memberRefs } from '../member-refs/table.ts'
import { settingEnvelopeOf, isOwner } from '../records/record-table.ts'
import { savedViews } from './table.ts'

/** Views as they are stored, up to WHERE. */
export function selectSavedViews(db: LeasedDrizzle) {
  return db.select(columns).from(savedViews).leftJoin(memberRefs, isOwner(savedViews.ownerId))
}

const columns = {
  id: savedViews.id,
  // Only an input that names a list is ever stored.
  list: sql<SavedView['list']>`${savedViews.list}`,
  name: savedViews.name,
  layout: savedViews.layout,
  visibility: savedViews.visibility,
  ownerId: savedViews.ownerId,
  ownerName: memberRefs.displayName,
  position: savedViews.position,
  isDefault: savedViews.isDefault,
  config: sql<SavedView['config']>`${savedViews.config}`,
  ...settingEnvelopeOf(savedViews),
}
