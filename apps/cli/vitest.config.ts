import { packageTests } from '@tenantry/vitest-config'

export default packageTests('@tenantry/cli')
