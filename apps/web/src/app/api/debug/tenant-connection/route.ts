import { isTenantryError, TenantryError } from '@tenantry/errors'
import { serverCaller } from '../../../../trpc/server-caller.ts'

/**
 * Where the caller's company keeps its data and whether it can be asked, in one answer for people who repair things. The
 * procedures decide who may see it: administrators of the company. Nothing secret is in it.
 */
export async function GET(): Promise<Response> {
  try {
    return Response.json(await diagnose())
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined
    const error = isTenantryError(cause) ? cause : new TenantryError('INTERNAL', { cause: thrown })
    return Response.json({ success: false, code: error.code, message: error.message }, { status: error.status })
  }
}

async function diagnose() {
  const call = await serverCaller()
  const { test, pool, breaker, ...place } = await call.tenant.dataSource()
  const canQuery = test.steps.some(({ step, ok }) => step === 'query' && ok)
  return {
    success: test.success,
    canQuery,
    rows: canQuery ? await countRows(call) : null,
    cache: { pool, breaker },
    diagnostics: { ...place, test },
  }
}

/** Counting stops at the cap, which `capped` says. */
async function countRows(call: Awaited<ReturnType<typeof serverCaller>>) {
  const [accounts, contacts, opportunities] = await Promise.all([
    call.accounts.count({}),
    call.contacts.count({}),
    call.opportunities.count({}),
  ])
  return { accounts, contacts, opportunities }
}
