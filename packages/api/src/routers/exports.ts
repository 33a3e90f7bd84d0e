import { FileSent } from '@tenantry/contracts/attachments'
import { ExportQuery } from '@tenantry/contracts/exports'
import { columnsOf } from '@tenantry/contracts/viewed-lists'
import { csvOf } from '../files/csv.ts'
import { customColumnsOf } from '../files/custom-columns.ts'
import { belongsTo, rowsOfList, type Read } from '../files/list-rows.ts'
import { filesProcedure } from '../procedures/files.ts'
import { router } from '../procedures/router.ts'

export const exportsRouter = router({
  /** The list itself, as the answer to `/api/files/exports/<list>`; any other call learns its name. */
  csv: filesProcedure
    .meta({ permission: 'records.export' })
    .input(ExportQuery)
    .output(FileSent)
    .query(async ({ ctx: { read, exchange }, input }): Promise<FileSent> => {
      const exporting = belongsTo[input.list] ?? 'everybodys'
      const reading: Read = (work) => read(work, { exporting })
      // Before a byte of the file is sent.
      await reading(() => Promise.resolve())
      const said = { fileName: `${input.list.replaceAll('_', '-')}s.csv`, mediaType: 'text/csv' }
      const columns = input.columns ?? [...columnsOf(input.list), ...(await customColumnsOf(reading, input.list))]
      exchange?.answer({ ...said, byteSize: null, body: csvOf(rowsOfList(reading, input), columns) })
      return { ...said, byteSize: null }
    }),
})
