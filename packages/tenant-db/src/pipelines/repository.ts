import type { Executor } from '@tenantry/connections/database'
import type { PipelineId } from '@tenantry/contracts/ids'
import type { Pipeline, PipelineInput, PipelinePatch } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, readRecord, writeChange } from '../records/change-record.ts'
import { livePipelines, lockPipelines, pipelineRecord } from './record.ts'

export class PipelinesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** All of them with their stages, the default one first: a tenant has a handful. */
  list(): Promise<Pipeline[]> {
    return this.#executor.run(livePipelines, {})
  }

  /** Throws NOT_FOUND. */
  byId(id: PipelineId): Promise<Pipeline> {
    return readRecord(this.#executor, pipelineRecord, id)
  }
}

/** Of a transaction: every method writes the pipeline and its history together, or neither. */
export class PipelinesWriter extends PipelinesReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** The first pipeline is the default one, asked for or not. CONFLICT when two first ones are made at the same moment. */
  async create(input: PipelineInput): Promise<Pipeline> {
    const existing = await lockPipelines(this.#acting.executor)
    const isDefault = input.isDefault || !existing.some((pipeline) => pipeline.isDefault)
    if (isDefault) await this.#endDefault(existing)
    return createRecord(this.#acting, pipelineRecord, { ...input, isDefault, position: existing.length })
  }

  /** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED where it would leave no default pipeline. */
  async patch({ patch, ...at }: { id: PipelineId; version: number; patch: PipelinePatch }): Promise<Pipeline> {
    const { executor } = this.#acting
    const all = patch.isDefault === undefined ? [] : await lockPipelines(executor)
    const before = await lockRecord(executor, pipelineRecord, at)
    if (before.isDefault && patch.isDefault === false) {
      throw new TenantryError('RULE_VIOLATED', {
        message: 'Make another pipeline the default one instead.',
        data: { field: 'isDefault' },
      })
    }
    if (!before.isDefault && patch.isDefault === true) await this.#endDefault(all)
    return writeChange(this.#acting, pipelineRecord, before, patch, { action: 'changed' })
  }

  /** There is never more than one default pipeline; whichever it was has a change in its history too. */
  async #endDefault(locked: readonly Pipeline[]): Promise<void> {
    const current = locked.find((pipeline) => pipeline.isDefault)
    if (current) {
      await writeChange(this.#acting, pipelineRecord, current, { isDefault: false }, { action: 'changed' })
    }
  }
}
