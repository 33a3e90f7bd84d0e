import { authRoute } from '@tenantry/auth/route'
import { sharedRuntime } from '../../../../server/shared-runtime.ts'

const handler = authRoute(() => sharedRuntime().nextAuthOptions)

export { handler as GET, handler as POST }
