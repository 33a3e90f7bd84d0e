import { z } from 'zod'
import { SavedViewId, UserId } from './ids.ts'
import { SortOrder } from './pages.ts'
import { settingEnvelope } from './record.ts'
import { Version, line } from './scalars.ts'
import { isColumn, viewedList, viewedLists, type ViewedEntity } from './viewed-lists.ts'

export const SavedViewList = z.enum(Object.keys(viewedLists) as [ViewedEntity, ...ViewedEntity[]])
export const SavedViewLayout = z.enum(['table', 'board', 'calendar'])
/** Its owner's alone, or everybody's to look at and still its owner's to change. */
export const SavedViewVisibility = z.enum(['private', 'tenant'])

/** A list as somebody has arranged it: what it shows of which rows, in which order. */
export const SavedViewConfig = z.strictObject({
  columns: z.array(z.string().min(1).max(100)).min(1).max(60),
  sort: z.string().min(1).max(100).optional(),
  order: SortOrder.default('asc'),
  search: z.string().trim().max(200).optional(),
  show: z.enum(['active', 'archived', 'deleted']).default('active'),
  filters: z.record(z.string().max(100), z.unknown()).default({}),
})
export type SavedViewConfig = z.infer<typeof SavedViewConfig>

const position = z.int().min(0).max(10_000)

export const SavedViewInput = z
  .strictObject({
    list: SavedViewList,
    name: line(80),
    layout: SavedViewLayout.default('table'),
    visibility: SavedViewVisibility.default('private'),
    position: position.default(0),
    /** What the list opens with, for whoever sees the view; of several the first. */
    isDefault: z.boolean().default(false),
    config: SavedViewConfig,
  })
  .superRefine(({ list, config }, ctx) => {
    for (const { path, message } of problemsOf(list, config)) {
      ctx.addIssue({ code: 'custom', path: ['config', ...path], message })
    }
  })
export type SavedViewInput = z.infer<typeof SavedViewInput>

/** What a view is of stays. Its contents are compared with the list once it is known which that is: RULE_VIOLATED. */
export const SavedViewPatch = z.strictObject({
  name: line(80).optional(),
  layout: SavedViewLayout.optional(),
  visibility: SavedViewVisibility.optional(),
  position: position.optional(),
  isDefault: z.boolean().optional(),
  config: SavedViewConfig.optional(),
})
export type SavedViewPatch = z.infer<typeof SavedViewPatch>
export const SavedViewPatchInput = z.strictObject({ id: SavedViewId, version: Version, patch: SavedViewPatch })

export const SavedView = z.object({
  id: SavedViewId,
  list: SavedViewList,
  name: z.string(),
  layout: SavedViewLayout,
  visibility: SavedViewVisibility,
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  position: z.int(),
  isDefault: z.boolean(),
  config: SavedViewConfig,
  /** What it was saved with and the list does not know any more. A reader leaves it out and says so. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  ...settingEnvelope,
})
export type SavedView = z.infer<typeof SavedView>

export const SavedViewListQuery = z.object({
  list: SavedViewList,
  show: z.enum(['active', 'archived', 'deleted']).default('active'),
})
export type SavedViewListQuery = z.infer<typeof SavedViewListQuery>

interface Problem {
  path: (string | number)[]
  message: string
}

/** What the list does not understand of a view's contents. */
export function problemsOf(list: ViewedEntity, { columns, sort, filters }: SavedViewConfig): Problem[] {
  const { query } = viewedList(list)
  const sorts = query.shape.sort.unwrap().options
  const known = query.shape.filters.unwrap()
  const problems: Problem[] = []
  for (const [index, column] of columns.entries()) {
    if (isColumn(list, column)) continue
    problems.push({ path: ['columns', index], message: `There is no column «${column}» in this list.` })
  }
  if (sort !== undefined && !sorts.includes(sort)) {
    problems.push({ path: ['sort'], message: `This list cannot be sorted by «${sort}».` })
  }
  for (const name of Object.keys(filters)) {
    if (Object.hasOwn(known.shape, name)) continue
    problems.push({ path: ['filters', name], message: `This list has no filter «${name}».` })
  }
  // The names are told already, one by one.
  const parsed = known.strip().safeParse(filters)
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems.push({
      path: ['filters', ...path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
      message,
    })
  }
  return problems
}
