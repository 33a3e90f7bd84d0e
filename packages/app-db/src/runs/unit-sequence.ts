import type { TenantId } from '@tenantry/contracts/ids'
import { attempt } from './attempt.ts'
import type { BeforeUnit, UnitRow } from './journal.ts'
import type { Detail, Run } from './run.ts'

/**
 * Units one right after the other. What one came to is noted down in the transaction in which the next one begins, so it is
 * known before anything of that one is done; the last one's by `end`. A process that dies in between does the unit again, as
 * it does when it dies before a note of its own.
 */
export class UnitSequence {
  readonly #run: Run
  #before: BeforeUnit = {}

  constructor(run: Run) {
    this.#run = run
  }

  /** As `Run.unit` does. */
  async unit<T extends Detail>(key: string, work: (begun: UnitRow) => Promise<T>): Promise<T> {
    await this.#assertGoesOn()
    const begun = await this.#run.begin(key, this.#before)
    this.#before = {}
    return attempt(this.#run, begun, async () => {
      const detail = await work(begun)
      this.#before = { done: { key, detail } }
      return detail
    })
  }

  /** Which tenant it is about, from the next unit on. */
  concerns(tenantId: TenantId): void {
    this.#before.tenantId = tenantId
  }

  async #assertGoesOn(): Promise<void> {
    try {
      this.#run.assertGoesOn()
    } catch (error) {
      await this.end()
      throw error
    }
  }

  /** Notes down the last unit. */
  async end(): Promise<void> {
    const { done } = this.#before
    this.#before = {}
    if (done !== undefined) await this.#run.done(done.key, done.detail)
  }
}
