import { SavedViewId } from '@tenantry/contracts/ids'
import { SavedView, SavedViewInput, SavedViewListQuery, SavedViewPatchInput } from '@tenantry/contracts/saved-views'
import { router } from '../procedures/router.ts'
import { settingProcedures } from '../record-procedures.ts'

export const savedViewsRouter = router(
  settingProcedures({
    id: SavedViewId,
    query: SavedViewListQuery,
    input: SavedViewInput,
    patch: SavedViewPatchInput,
    row: SavedView,
    reader: (db) => db.savedViews,
    writer: (db) => db.savedViews,
    /** Whoever sees records may keep how they look at them; that is no change of a record. */
    permission: 'records.see',
    requires: '0013_saved_views',
  }),
)
