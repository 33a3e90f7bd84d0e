import { answerDiagnosis } from '../../../../server/answer-diagnosis.ts'
import { serverCaller } from '../../../../trpc/server-caller.ts'

/**
 * Where a company keeps its data, whether it can be asked and if not what to do, for people who repair things: the
 * caller's own company, or for operators the one of `?tenant=<slug>`. The procedures decide who may see it:
 * administrators of the company, and operators.
 */
export function GET(request: Request): Promise<Response> {
  const slug = new URL(request.url).searchParams.get('tenant')
  return answerDiagnosis(request, async () => {
    const caller = await serverCaller()
    return slug === null ? await caller.tenant.diagnose() : await caller.operator.diagnose({ slug })
  })
}
