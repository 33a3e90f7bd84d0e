import type { Executor } from '@tenantry/connections/database'
import type { PipelineId } from '@tenantry/contracts/ids'
import type { Pipeline, PipelineInput, PipelinePatch } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, readRecord, writeChange } from '../records/change-record.ts'
import { clearDefault, livePipelines, pipelineRecord } from './record.ts'

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

  /** The first pipeline is the default one, asked for or not. */
  async create(input: PipelineInput): Promise<Pipeline> {
    const existing = await this.list()
    const isDefault = input.isDefault || !existing.some((pipeline) => pipeline.isDefault)
    if (isDefault) await clearDefault(this.#acting)
    return createRecord(this.#acting, pipelineRecord, { ...input, isDefault, position: existing.length })
  }

  /** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED where it would leave no default pipeline. */
  async patch({ patch, ...at }: { id: PipelineId; version: number; patch: PipelinePatch }): Promise<Pipeline> {
    const before = await lockRecord(this.#acting.executor, pipelineRecord, at)
    if (before.isDefault && patch.isDefault === false) {
      throw new TenantryError('RULE_VIOLATED', { message: 'Make another pipeline the default one instead.' })
    }
    if (!before.isDefault && patch.isDefault === true) await clearDefault(this.#acting)
    return writeChange(this.#acting, pipelineRecord, before, patch, { action: 'changed' })
  }
}
