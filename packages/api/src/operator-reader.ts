import type { OperatorDb } from './planes.ts'

/** What a query of the console may ask: the questions, none of the changes. */
export interface OperatorReader {
  summary: OperatorDb['fleet']['summary']
  audit: OperatorDb['tenantAudit']['list']
  runs: OperatorDb['runs']
}

/** Holds the methods themselves and not the repositories, so that nothing else is there at run time either. */
export function operatorReader(operatorDb: OperatorDb): OperatorReader {
  return {
    summary: () => operatorDb.fleet.summary(),
    audit: (query) => operatorDb.tenantAudit.list(query),
    runs: (query) => operatorDb.runs(query),
  }
}
