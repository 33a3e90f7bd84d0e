import { z } from 'zod'
import { ConnectionStep, DataSourceView } from './data-source.ts'
import { Instant } from './scalars.ts'

export const DiagnosedStep = z.object({
  step: ConnectionStep.shape.step,
  outcome: z.enum(['ok', 'failed', 'not reached']),
  milliseconds: z.number().nullable(),
})
export type DiagnosedStep = z.infer<typeof DiagnosedStep>

export const Diagnostic = z.object({ code: z.string(), message: z.string(), whatToDo: z.string() })
export type Diagnostic = z.infer<typeof Diagnostic>

/**
 * Everything that somebody who repairs a tenant's connection asks first, in one answer. Its shape is the same whether it
 * went well, failed or was refused: what is not known is null. Never a password, key or connection string.
 */
export const ConnectionDiagnosis = z.object({
  /** A new connection was made, it is this tenant's database, and it was asked. */
  success: z.boolean(),
  /** A business query was answered, by the way that requests take. */
  canQuery: z.boolean(),
  at: Instant,
  tenant: z.object({ id: z.string(), slug: z.string() }).nullable(),
  /** Rows of this tenant by table; counting stops at `countedTo`. */
  rowCounts: z.record(z.string(), z.int()).nullable(),
  countedTo: z.int(),
  configuration: DataSourceView.pick({
    placement: true,
    region: true,
    host: true,
    port: true,
    database: true,
    tls: true,
  }).nullable(),
  schemaVersion: z.string().nullable(),
  serverVersion: z.string().nullable(),
  /** Whether the database proved to be this tenant's. */
  identity: z.enum(['proven', 'wrong', 'not asked']),
  pool: DataSourceView.shape.pool,
  breaker: DataSourceView.shape.breaker.nullable(),
  /** Of the whole process, since it started. Rates are between 0 and 1, null before the first look-up. */
  cache: z
    .object({
      configurations: z.object({
        entries: z.int(),
        hits: z.int(),
        misses: z.int(),
        hitRate: z.number().nullable(),
      }),
      pools: z.object({ entries: z.int(), evictions: z.int() }),
    })
    .nullable(),
  /** Each step of a first request, timed; the ones that were not reached have no time. */
  steps: z.array(DiagnosedStep),
  /** What is wrong, and what to do about it. Empty when nothing is. */
  diagnostics: z.array(Diagnostic),
})
export type ConnectionDiagnosis = z.infer<typeof ConnectionDiagnosis>

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
