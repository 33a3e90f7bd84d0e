import type { ConnectionStep, DataSourceView } from './data-source.ts'
import type { Instant } from './scalars.ts'
import type { z } from 'zod'

/**
 * Everything that somebody who repairs a tenant's connection asks first, in one answer. Its shape is the same whether it
 * went well, failed or was refused: what is not known is null. Never a password, key or connection string.
 */
export interface ConnectionDiagnosis {
  /** A new connection was made, it is this tenant's database, and it was asked. */
  success: boolean
  /** A business query was answered, by the way that requests take. */
  canQuery: boolean
  at: z.infer<typeof Instant>
  tenant: { id: string; slug: string } | null
  /** Rows of this tenant by table; counting stops at `countedTo`. */
  rowCounts: Record<string, number> | null
  countedTo: number
  configuration: Pick<DataSourceView, 'placement' | 'region' | 'host' | 'port' | 'database' | 'tls'> | null
  schemaVersion: string | null
  serverVersion: string | null
  /** Whether the database proved to be this tenant's. */
  identity: 'proven' | 'wrong' | 'not asked'
  pool: DataSourceView['pool']
  breaker: DataSourceView['breaker'] | null
  /** Of the whole process, since it started. Rates are between 0 and 1, null before the first look-up. */
  cache: {
    configurations: { entries: number; hits: number; misses: number; hitRate: number | null }
    pools: { entries: number; evictions: number }
  } | null
  /** Each step of a first request, timed; the ones that were not reached have no time. */
  steps: DiagnosedStep[]
  /** What is wrong, and what to do about it. Empty when nothing is. */
  diagnostics: Diagnostic[]
}

export interface DiagnosedStep {
  step: ConnectionStep['step']
  outcome: 'ok' | 'failed' | 'not reached'
  milliseconds: number | null
}

export interface Diagnostic {
  code: string
  message: string
  whatToDo: string
}

export const diagnosedSteps = [
  'config',
  'open',
  'connect',
  'prove',
  'query',
] as const satisfies ConnectionStep['step'][]

/** Rows of one table are counted up to here: a diagnosis must not become the load it looks for. */
export const diagnosisCountsTo = 100_000

/** The answer while nothing is known but why. */
export function unknownConnection(diagnostics: Diagnostic[]): ConnectionDiagnosis {
  return {
    success: false,
    canQuery: false,
    at: new Date().toISOString(),
    tenant: null,
    rowCounts: null,
    countedTo: diagnosisCountsTo,
    configuration: null,
    schemaVersion: null,
    serverVersion: null,
    identity: 'not asked',
    pool: null,
    breaker: null,
    cache: null,
    steps: diagnosedSteps.map((step) => ({ step, outcome: 'not reached', milliseconds: null })),
    diagnostics,
  }
}
