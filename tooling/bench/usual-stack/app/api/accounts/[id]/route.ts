import { z } from 'zod'
import { getAccount } from '../../../../stack/accounts.ts'
import { answer, refused } from '../../../../stack/answer.ts'
import { db } from '../../../../stack/database.ts'
import { signedInTenant } from '../../../../stack/signed-in.ts'

export const dynamic = 'force-dynamic'

const Parameters = z.object({ id: z.uuid() })

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const tenantId = await signedInTenant()
  if (tenantId === undefined) return refused()
  const { id } = Parameters.parse(await params)
  return answer(await getAccount(db, tenantId, id))
}
