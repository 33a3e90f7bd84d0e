import { TenantryError } from '@tenantry/errors'

const messages = {
  empty: 'This file is empty.',
  not_text: 'This file is not text. Save the sheet as CSV and send that.',
  no_header: 'The first line of the file must name its columns.',
  too_wide: 'This file has more columns than can be imported.',
  no_rows: 'This file has a heading and no rows.',
  quote_not_closed: 'A quotation mark is opened and never closed.',
  row_too_long: 'A row is longer than a megabyte: a quotation mark may be missing.',
  not_readable: 'This file cannot be read as rows of a table.',
} as const

export type FileFault = keyof typeof messages

/** `line` is where, counted from 1, where that is known. */
export function fileInvalid(reason: FileFault, line?: number): TenantryError {
  return new TenantryError('IMPORT_FILE_INVALID', {
    message: messages[reason],
    data: { reason, ...(line !== undefined && { line }) },
  })
}
