import type { Executor } from '@tenantry/connections/database'
import type { PipelineId } from '@tenantry/contracts/ids'
import type { Pipeline, PipelineInput, PipelineListQuery, PipelinePatch } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, putAway, takeBack, writeChange } from '../records/change-record.ts'
import { RecordsReader } from '../records/record-repository.ts'
import { undoChange } from '../records/undo-change.ts'
import { lockPipelines, pipelineFields, pipelineList, pipelineRecord } from './record.ts'
import { assertOwnStages } from './stages.ts'

interface PipelineTypes {
  id: PipelineId
  row: Pipeline
  listed: Pipeline
  query: PipelineListQuery
  input: PipelineInput
  patch: PipelinePatch
}

export class PipelinesReader extends RecordsReader<PipelineTypes, Pipeline[]> {
  constructor(executor: Executor) {
    super(executor, { record: pipelineRecord, listing: pipelineList })
  }

  /** All of them with their stages, the default one first: a tenant has a handful. */
  override list(query: PipelineListQuery = { show: 'active' }): Promise<Pipeline[]> {
    return super.list(query)
  }
}

/**
 * Of a transaction: every method writes the pipeline and its history together, or neither. Once there is a pipeline, one
 * that is in use is the default one; what would leave none is RULE_VIOLATED.
 */
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
    const fields = { ...pipelineFields(input), isDefault, position: existing.length }
    return createRecord(this.#acting, pipelineRecord, fields)
  }

  /** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for stages that cannot be changed so. */
  patch({ patch, ...at }: { id: PipelineId; version: number; patch: PipelinePatch }): Promise<Pipeline> {
    return this.#keepingDefault(async (all) => {
      const before = await lockRecord(this.#acting.executor, pipelineRecord, at)
      assertOwnStages(before, patch.stages ?? [])
      if (!before.isDefault && patch.isDefault === true) await this.#endDefault(all)
      return writeChange(this.#acting, pipelineRecord, before, pipelineFields(patch), { action: 'changed' })
    })
  }

  /** Its opportunities stay where they are; no other one enters it. */
  archive(at: PipelineVersion): Promise<Pipeline> {
    return this.#keepingDefault(() => putAway(this.#acting, pipelineRecord, at, 'archived'))
  }

  unarchive(at: PipelineVersion): Promise<Pipeline> {
    return this.#keepingDefault(() => takeBack(this.#acting, pipelineRecord, at, 'unarchived'))
  }

  /** Puts the pipeline into the bin. Throws RULE_VIOLATED while there are opportunities in it. */
  remove(at: PipelineVersion): Promise<Pipeline> {
    return this.#keepingDefault(() => putAway(this.#acting, pipelineRecord, at, 'deleted'))
  }

  restore(at: PipelineVersion): Promise<Pipeline> {
    return this.#keepingDefault(() => takeBack(this.#acting, pipelineRecord, at, 'restored'))
  }

  /** Takes back one change of the pipeline's timeline. Throws STALE_WRITE when its fields have changed since. */
  undo(id: PipelineId, changeId: string): Promise<Pipeline> {
    return this.#keepingDefault(() => undoChange(this.#acting, pipelineRecord, id, changeId))
  }

  /** Nobody else changes a pipeline meanwhile, so the one default pipeline that is found afterwards is the one there is. */
  async #keepingDefault(change: (all: readonly Pipeline[]) => Promise<Pipeline>): Promise<Pipeline> {
    const { executor } = this.#acting
    const changed = await change(await lockPipelines(executor))
    if (!(await this.list()).some((pipeline) => pipeline.isDefault)) {
      throw new TenantryError('RULE_VIOLATED', {
        message: 'Make another pipeline the default one first.',
        data: { field: 'isDefault' },
      })
    }
    return changed
  }

  /** There is never more than one default pipeline; whichever it was has a change in its history too. */
  async #endDefault(locked: readonly Pipeline[]): Promise<void> {
    const current = locked.find((pipeline) => pipeline.isDefault)
    if (current) {
      await writeChange(this.#acting, pipelineRecord, current, { isDefault: false }, { action: 'changed' })
    }
  }
}

interface PipelineVersion {
  id: PipelineId
  version: number
}
