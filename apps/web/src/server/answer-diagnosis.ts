import { assertSentBySameSite } from '@tenantry/api/same-site'
import { unknownConnection, type ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { adviceFor } from '@tenantry/errors/advice'

/**
 * The same shape for whoever may see a diagnosis and for whoever may not: programs that watch need one parser. A page of
 * another site cannot have a browser ask: each diagnosis is written into the company's audit log, and counted.
 */
export async function answerDiagnosis(
  { headers, method }: Pick<Request, 'headers' | 'method'>,
  diagnose: () => Promise<ConnectionDiagnosis>,
): Promise<Response> {
  try {
    assertSentBySameSite({ site: headers.get('sec-fetch-site'), method })
    return Response.json(await diagnose())
  } catch (thrown) {
    const { code, message, status, retryAfterSeconds } = tenantryErrorIn(thrown)
    const refusal = unknownConnection([{ code, message, whatToDo: adviceFor(code) }])
    return Response.json(refusal, {
      status,
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    })
  }
}

/** A caller of procedures throws tRPC's error, around ours. */
function tenantryErrorIn(thrown: unknown): TenantryError {
  const cause = thrown instanceof Error && !isTenantryError(thrown) ? thrown.cause : thrown
  return isTenantryError(cause) ? cause : new TenantryError('INTERNAL', { cause: thrown })
}
