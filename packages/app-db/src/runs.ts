export { failureOf } from './runs/run.ts'
export type { Detail, Run, RunStatus } from './runs/run.ts'
export type { NewRun, RunListItem, RunningCount, RunsRepository, RunSubject } from './runs/repository.ts'
export type { UnitRow } from './runs/journal.ts'
