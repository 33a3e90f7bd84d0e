import { z } from 'zod'
import { SavedViewList } from './saved-views.ts'
import { isColumn, viewedList } from './viewed-lists.ts'

/**
 * A whole list as a file: what the list itself accepts, but for the page. Columns are the list's own words and `custom.<key>`, in
 * their order; without any the file has all of them.
 */
export const ExportQuery = z
  .strictObject({
    list: SavedViewList,
    columns: z.array(z.string().max(100)).min(1).max(100).optional(),
    query: z.record(z.string().max(100), z.unknown()).default({}),
  })
  .transform(({ list, columns, query }, ctx) => {
    const { query: schema } = viewedList(list)
    for (const column of columns ?? []) {
      if (!isColumn(list, column))
        ctx.addIssue({ code: 'custom', path: ['columns'], message: `This list has no column «${column}».` })
    }
    const parsed = schema
      .omit({ cursor: true, limit: true } as never)
      .strict()
      .safeParse(query)
    for (const issue of parsed.error?.issues ?? []) ctx.addIssue({ ...issue, path: ['query', ...issue.path] } as never)
    return { list, columns, query: parsed.data ?? {} }
  })
export type ExportQuery = z.infer<typeof ExportQuery>
