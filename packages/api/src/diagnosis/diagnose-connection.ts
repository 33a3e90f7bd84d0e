import {
  diagnosedSteps,
  diagnosisCountsTo,
  unknownConnection,
  type ConnectionDiagnosis,
  type DiagnosedStep,
  type Diagnostic,
} from '@tenantry/contracts/connection-diagnosis'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { adviceFor } from '@tenantry/errors/advice'
import { isErrorCode, type ErrorCode } from '@tenantry/errors/codes'
import { translateError } from '../errors/translate.ts'
import type { DataSources, TenantGrant } from '../planes.ts'

export interface DiagnosisNeeds {
  dataSources: Pick<DataSources, 'getTenantConnectionInfo' | 'withTenant' | 'statistics'>
  grant: TenantGrant
  tenant: { id: string; slug: string }
}

/**
 * Connects anew, step by step, then asks a business query by the way that requests take: a broken pool or an open breaker
 * shows only there. A failure is part of the answer; only what is not about this connection is thrown.
 */
export async function diagnoseConnection({ dataSources, grant, tenant }: DiagnosisNeeds): Promise<ConnectionDiagnosis> {
  const unknown = { ...unknownConnection([]), tenant }
  let view: DataSourceView
  try {
    view = await dataSources.getTenantConnectionInfo(grant)
  } catch (error) {
    return { ...unknown, cache: cacheOf(dataSources), diagnostics: [diagnosticOf(error)] }
  }
  const { test, placement, region, host, port, database, tls, schemaVersion, serverVersion, pool, breaker } = view
  const counted = await countRows(dataSources, grant)
  const diagnostics = [...(test.success ? [] : [failedTest(test)]), ...(counted.failure ? [counted.failure] : [])]
  return {
    ...unknown,
    success: test.success && counted.rows !== null,
    canQuery: counted.rows !== null,
    at: test.at,
    rowCounts: counted.rows,
    configuration: { placement, region, host, port, database, tls },
    schemaVersion,
    serverVersion,
    identity: identityOf(test),
    pool,
    breaker,
    cache: cacheOf(dataSources),
    steps: diagnosedSteps.map((step) => outcomeOf(test, step)),
    diagnostics: withoutRepetition(diagnostics),
  }
}

async function countRows(
  dataSources: DiagnosisNeeds['dataSources'],
  grant: TenantGrant,
): Promise<{ rows: Record<string, number> | null; failure?: Diagnostic }> {
  try {
    return { rows: await dataSources.withTenant(grant, (db) => db.rowCounts.count(diagnosisCountsTo)) }
  } catch (error) {
    return { rows: null, failure: diagnosticOf(error) }
  }
}

function cacheOf(dataSources: DiagnosisNeeds['dataSources']): ConnectionDiagnosis['cache'] {
  const { configCache, pools } = dataSources.statistics()
  const { entries, hits, misses } = configCache
  const lookups = hits + misses
  const hitRate = lookups === 0 ? null : hits / lookups
  return { configurations: { entries, hits, misses, hitRate }, pools: { ...pools } }
}

function identityOf({ success, steps, code }: DataSourceView['test']): ConnectionDiagnosis['identity'] {
  if (code === 'TENANT_DATABASE_MISMATCH') return 'wrong'
  // A schema that is behind is found out after whose database it is.
  if (success || code === 'TENANT_SCHEMA_BEHIND') return 'proven'
  return steps.some(({ step, ok }) => step === 'prove' && ok) ? 'proven' : 'not asked'
}

function outcomeOf({ steps }: DataSourceView['test'], step: DiagnosedStep['step']): DiagnosedStep {
  const taken = steps.find((candidate) => candidate.step === step)
  if (taken === undefined) return { step, outcome: 'not reached', milliseconds: null }
  return { step, outcome: taken.ok ? 'ok' : 'failed', milliseconds: Math.round(taken.milliseconds * 10) / 10 }
}

function failedTest({ code, message }: DataSourceView['test']): Diagnostic {
  const known = isErrorCode(code) ? code : 'INTERNAL'
  return { code: known, message: message ?? '', whatToDo: adviceFor(known) }
}

/** The public sentence of any failure, with what to do about it. */
export function diagnosticOf(error: unknown): Diagnostic {
  const { code, message } = isTenantryError(error) ? translateError(error) : new TenantryError('INTERNAL')
  return { code, message, whatToDo: adviceFor(code satisfies ErrorCode) }
}

function withoutRepetition(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ code }, at) => diagnostics.findIndex((other) => other.code === code) === at)
}
