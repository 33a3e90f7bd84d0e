import type { AppDbConnection } from '@tenantry/app-db/open'
import { TenantId } from '@tenantry/contracts/ids'
import { z } from 'zod'
import { TenantPlace } from './tenant-place.ts'

export const adoptTenantKind = 'tenant.adopt'

/** What an adoption notes down before it changes anything: the database that is left keeps the company's rows and its logins' rights. */
export const Adoption = z.object({ tenantId: TenantId, slug: z.string(), left: TenantPlace, adopted: TenantPlace })
export type Adoption = z.infer<typeof Adoption>

/** Of every tenant, newest first. */
export async function adoptionsOf(runs: AppDbConnection['runs']): Promise<Adoption[]> {
  return (await runs.detailsOf(adoptTenantKind, 'places')).map(({ detail }) => Adoption.parse(detail))
}
