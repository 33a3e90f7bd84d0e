import { isTenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { Operation } from './breakers.ts'
import { Latency } from './latency.ts'
import type { ClassStatistics, DataSourceClass } from './statistics.ts'

/** Durations and failures by class of data source. */
export class WorkMeter {
  readonly opening = new Latency()
  readonly #classes: Record<DataSourceClass, ClassMeter> = {
    dedicated: openClassMeter(),
    shared: openClassMeter(),
    unknown: openClassMeter(),
  }

  connected(place: DataSourceClass, ms: number): void {
    this.#classes[place].connect.record(ms)
  }

  worked(place: DataSourceClass, operation: Operation, ms: number): void {
    this.#classes[place][operation].record(ms)
  }

  readFromReplica(place: DataSourceClass): void {
    this.#classes[place].readFromReplica++
  }

  /** Counts what is not the caller's doing. */
  failed(place: DataSourceClass, error: unknown): void {
    if (!isTenantryError(error) || error.status < 500) return
    const { errors } = this.#classes[place]
    errors[error.code] = (errors[error.code] ?? 0) + 1
  }

  classes(): Record<DataSourceClass, ClassStatistics> {
    const { dedicated, shared, unknown } = this.#classes
    return { dedicated: viewOf(dedicated), shared: viewOf(shared), unknown: viewOf(unknown) }
  }
}

interface ClassMeter extends Record<Operation | 'connect', Latency> {
  readFromReplica: number
  errors: Partial<Record<ErrorCode, number>>
}

function openClassMeter(): ClassMeter {
  return { connect: new Latency(), read: new Latency(), write: new Latency(), readFromReplica: 0, errors: {} }
}

function viewOf({ connect, read, write, readFromReplica, errors }: ClassMeter): ClassStatistics {
  return { connect: connect.view(), read: read.view(), write: write.view(), readFromReplica, errors: { ...errors } }
}
