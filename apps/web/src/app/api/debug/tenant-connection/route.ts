import { answerDiagnosis } from '../../../../server/answer-diagnosis.ts'
import { serverCaller } from '../../../../trpc/server-caller.ts'

/**
 * Where the caller's company keeps its data, whether it can be asked and if not what to do, for people who repair things.
 * The procedure decides who may see it: administrators of the company.
 */
export function GET(): Promise<Response> {
  return answerDiagnosis(async () => (await serverCaller()).tenant.diagnose())
}
