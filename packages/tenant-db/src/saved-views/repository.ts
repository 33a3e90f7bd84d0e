import type { Executor } from '@tenantry/connections/database'
import type { SavedViewId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import {
  problemsOf,
  type SavedView,
  type SavedViewInput,
  type SavedViewListQuery,
  type SavedViewPatch,
} from '@tenantry/contracts/saved-views'
import { TenantryError } from '@tenantry/errors'
import { and, eq, or, sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { createRecord, patchRecord, putAway, readRecord, takeBack } from '../records/change-record.ts'
import { asRows } from '../records/plain.ts'
import { SettingList } from '../records/setting-list.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { undoChange } from '../records/undo-change.ts'
import { savedViewRecord, type StoredView } from './record.ts'
import { selectSavedViews } from './rows.ts'
import { savedViews } from './table.ts'

/** As one person sees them: their own, and what others have shared. */
export class SavedViewsReader {
  readonly #executor: Executor
  readonly #viewer: string | null

  constructor(executor: Executor, viewer: string | null) {
    this.#executor = executor
    this.#viewer = viewer
  }

  /** Of one list, in the order in which people have put them; at most 500. */
  async list({ list, show }: SavedViewListQuery): Promise<SavedView[]> {
    const views = await visible.page(this.#executor, { list, show, viewer: this.#viewer })
    return views.map(withProblems)
  }

  count({ list, show }: SavedViewListQuery): Promise<Count> {
    return visible.count(this.#executor, { list, show, viewer: this.#viewer })
  }

  /** Throws NOT_FOUND, also for what somebody else keeps for themselves. */
  async byId(id: SavedViewId): Promise<SavedView> {
    return withProblems(await this.#visible(id))
  }

  /**
   * What happened to a view of one's own, newest first: others may see what is shared, and not what it was before. Throws
   * NOT_FOUND, FORBIDDEN.
   */
  async timeline(id: SavedViewId, page: PageQuery): Promise<Page<RecordChange>> {
    await this.own(id)
    return readTimelineOf(this.#executor, savedViewRecord, id, page)
  }

  async #visible(id: string): Promise<StoredView> {
    const view = await readRecord(this.#executor, savedViewRecord, id)
    if (view.visibility === 'private' && !isOf(view, this.#viewer)) throw new TenantryError('NOT_FOUND')
    return view
  }

  /** Throws NOT_FOUND, and FORBIDDEN for one that somebody else has shared. */
  protected async own(id: string): Promise<StoredView> {
    const view = await this.#visible(id)
    if (!isOf(view, this.#viewer)) throw new TenantryError('FORBIDDEN')
    return view
  }
}

export class SavedViewsWriter extends SavedViewsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor, acting.actor.id)
    this.#acting = acting
  }

  async create(input: SavedViewInput): Promise<SavedView> {
    return withProblems(await createRecord(this.#acting, savedViewRecord, { ...input, ownerId: this.#acting.actor.id }))
  }

  /** Throws NOT_FOUND, FORBIDDEN, STALE_WRITE, and RULE_VIOLATED for contents that the list does not understand. */
  async patch({ patch, ...at }: At & { patch: SavedViewPatch }): Promise<SavedView> {
    const { list } = await this.own(at.id)
    const [problem] = patch.config === undefined ? [] : problemsOf(list, patch.config)
    if (problem !== undefined) {
      throw new TenantryError('RULE_VIOLATED', {
        message: problem.message,
        data: { field: ['config', ...problem.path].join('.') },
      })
    }
    return withProblems(await patchRecord(this.#acting, savedViewRecord, at, patch))
  }

  archive(at: At): Promise<SavedView> {
    return this.#ofOwn(at.id, () => putAway(this.#acting, savedViewRecord, at, 'archived'))
  }

  unarchive(at: At): Promise<SavedView> {
    return this.#ofOwn(at.id, () => takeBack(this.#acting, savedViewRecord, at, 'unarchived'))
  }

  remove(at: At): Promise<SavedView> {
    return this.#ofOwn(at.id, () => putAway(this.#acting, savedViewRecord, at, 'deleted'))
  }

  restore(at: At): Promise<SavedView> {
    return this.#ofOwn(at.id, () => takeBack(this.#acting, savedViewRecord, at, 'restored'))
  }

  /** Takes back one change of a view's timeline. Throws STALE_WRITE when its fields have changed since. */
  undo(id: SavedViewId, changeId: string): Promise<SavedView> {
    return this.#ofOwn(id, () => undoChange(this.#acting, savedViewRecord, id, changeId))
  }

  async #ofOwn(id: SavedViewId, change: () => Promise<StoredView>): Promise<SavedView> {
    await this.own(id)
    return withProblems(await change())
  }
}

interface At {
  id: SavedViewId
  version: number
}

function isOf({ ownerId }: StoredView, viewer: string | null): boolean {
  return viewer !== null && ownerId === viewer
}

/** A view outlives what it shows: a column may be gone since. */
function withProblems(view: StoredView): SavedView {
  const problems = problemsOf(view.list, view.config)
  return { ...view, problems: problems.map(({ path, message }) => ({ path: path.join('.'), message })) }
}

const visible = new SettingList<StoredView, SavedViewListQuery & { viewer: string | null }>({
  table: savedViews,
  where: and(
    eq(savedViews.list, sql.placeholder('list')),
    or(eq(savedViews.visibility, 'tenant'), eq(savedViews.ownerId, sql.placeholder('viewer'))),
  ),
  select: (db, where) =>
    asRows<StoredView>(
      selectSavedViews(db).where(where).orderBy(savedViews.position, savedViews.name, savedViews.id).limit(500),
    ),
})
