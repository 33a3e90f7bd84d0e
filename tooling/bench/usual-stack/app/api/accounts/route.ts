import { listAccounts } from '../../../stack/accounts.ts'
import { answer, refused } from '../../../stack/answer.ts'
import { db } from '../../../stack/database.ts'
import { signedInTenant } from '../../../stack/signed-in.ts'

export const dynamic = 'force-dynamic'

export async function GET() {
  const tenantId = await signedInTenant()
  return tenantId === undefined ? refused() : answer(await listAccounts(db, tenantId, 50))
}
