import { statement } from '@tenantry/connections/statement'
import { AccountPatch } from '@tenantry/contracts/accounts'
import { CatalogItemPatch } from '@tenantry/contracts/catalog-items'
import { ImportEntity } from '@tenantry/contracts/imports'
import { LeadPatch, type Lead } from '@tenantry/contracts/leads'
import { accountRecord } from '../accounts/record.ts'
import { selectAccounts } from '../accounts/rows.ts'
import { accounts } from '../accounts/table.ts'
import { catalogItemRecord } from '../catalog-items/record.ts'
import { selectCatalogItems } from '../catalog-items/rows.ts'
import { catalogItems } from '../catalog-items/table.ts'
import { answered } from '../leads/answered.ts'
import { assertMayChange, leadRecord } from '../leads/record.ts'
import { selectLeads } from '../leads/rows.ts'
import { leads } from '../leads/table.ts'
import { transactionTime } from '../records/change-record.ts'
import { asFields } from '../records/diff.ts'
import { contactKind } from './contact-kind.ts'
import { among, anyRecord, anyRows, byEmail, withIds, type ImportedKind } from './imported-kind.ts'
import { opportunityKind } from './opportunity-kind.ts'

export const importedKinds: Record<ImportEntity, ImportedKind> = {
  account: {
    record: anyRecord(accountRecord),
    byIds: statement((db) => anyRows(selectAccounts(db).where(withIds(accounts)))),
    table: accounts,
    columns: Object.keys(AccountPatch.shape),
    initial: { custom: {} },
    prepare: () => Promise.resolve({ fieldsOf: asFields }),
    matches: { name: among(accounts.name), email: byEmail(accounts), phone: among(accounts.phone) },
    parts: [],
  },
  contact: contactKind,
  lead: {
    record: anyRecord(leadRecord),
    byIds: statement((db) => anyRows(selectLeads(db).where(withIds(leads)))),
    table: leads,
    columns: [...Object.keys(LeadPatch.shape), 'firstResponseAt'],
    initial: { custom: {} },
    async prepare(executor) {
      const now = await transactionTime(executor)
      return {
        fieldsOf(input, before) {
          const { status } = input as LeadPatch
          return { ...input, ...answered(status, (before as Lead | null)?.firstResponseAt ?? null, now) }
        },
        assertMayChange: (before, changes) => assertMayChange(before as Lead, changes),
      }
    },
    matches: { name: among(leads.displayName), email: byEmail(leads), phone: among(leads.phone) },
    parts: [],
  },
  catalog_item: {
    record: anyRecord(catalogItemRecord),
    byIds: statement((db) => anyRows(selectCatalogItems(db).where(withIds(catalogItems)))),
    table: catalogItems,
    columns: Object.keys(CatalogItemPatch.shape),
    initial: { custom: {} },
    prepare: () => Promise.resolve({ fieldsOf: asFields }),
    matches: { name: among(catalogItems.name), sku: among(catalogItems.sku) },
    parts: [],
  },
  opportunity: opportunityKind,
}

/** One of a thing for each kind. */
export function forEachKind<Made>(
  make: (kind: ImportedKind, entity: ImportEntity) => Made,
): Record<ImportEntity, Made> {
  // Every word of the enum is there, so the record is whole.
  return Object.fromEntries(
    ImportEntity.options.map((entity) => [entity, make(importedKinds[entity], entity)]),
  ) as Record<ImportEntity, Made>
}
