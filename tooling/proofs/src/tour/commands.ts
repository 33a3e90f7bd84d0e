import { movedCompany } from './moved-company.ts'

/** The tour's commands in their order, as the README prints them. */
export const commands = {
  create:
    'pnpm tenantry tenant create harbor --name "Harbor Events" --trade photo_booth --owner-email ana@harbor.example --owner-name Ana --time-zone America/Los_Angeles',
  plan: `pnpm tenantry transfer plan harbor --from ${movedCompany.legacyTenantId}`,
  run: `pnpm tenantry transfer run harbor --from ${movedCompany.legacyTenantId}`,
  verify: 'pnpm tenantry transfer verify harbor',
  cutover: 'pnpm tenantry transfer cutover harbor --yes',
  rotate: 'pnpm tenantry keys rotate',
  keyStatus: 'pnpm tenantry keys status',
  migrate: 'pnpm tenantry fleet migrate --canary harbor',
} as const
