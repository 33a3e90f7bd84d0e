/** A guard taken away in a copy of the project, and the test that must notice. */
export interface Fault {
  /** What somebody did to the project. */
  name: string
  file: string
  /** Occurs exactly once in the file. */
  find: string
  replace: string
  caughtBy: { file: string; test: string }
}
