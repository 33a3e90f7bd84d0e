import { FileSent } from '@tenantry/contracts/attachments'
import { ExportQuery } from '@tenantry/contracts/exports'
import { csvOf } from '../files/csv.ts'
import { rowsOfList } from '../files/list-rows.ts'
import { filesProcedure, router } from '../procedures.ts'

export const exportsRouter = router({
  /** The list itself, as the answer to `/api/files/exports/<list>`; any other call learns its name. */
  csv: filesProcedure
    .meta({ permission: 'records.see' })
    .input(ExportQuery)
    .output(FileSent)
    .query(async ({ ctx: { read, exchange }, input }): Promise<FileSent> => {
      const said = { fileName: `${input.list.replaceAll('_', '-')}s.csv`, mediaType: 'text/csv' }
      exchange?.answer({ ...said, byteSize: null, body: csvOf(rowsOfList(read, input), input.columns) })
      return { ...said, byteSize: null }
    }),
})
