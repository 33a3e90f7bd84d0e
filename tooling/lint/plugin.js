import { environmentInOnePlace } from './rules/environment-in-one-place.js'
import { noDevelopmentImports } from './rules/no-development-imports.js'
import { noRawDatabaseControl } from './rules/no-raw-database-control.js'
import { noTenantIdParameter } from './rules/no-tenant-id-parameter.js'
import { oneDoor } from './rules/one-door.js'

/** Rules that run inside oxlint. Each message says what to do instead. */
export default {
  meta: { name: 'tenantry' },
  rules: {
    'environment-in-one-place': environmentInOnePlace,
    'no-development-imports': noDevelopmentImports,
    'no-raw-database-control': noRawDatabaseControl,
    'no-tenant-id-parameter': noTenantIdParameter,
    'one-door': oneDoor,
  },
}
