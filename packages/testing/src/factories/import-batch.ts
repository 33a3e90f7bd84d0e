import { ImportUpload } from '@tenantry/contracts/imports'
import type { z } from 'zod'

export function importUpload(fields: Partial<z.input<typeof ImportUpload>> = {}): ImportUpload {
  return ImportUpload.parse({ entity: 'account', fileName: 'customers.csv', ...fields })
}
