import type { Executor } from '@tenantry/connections/database'
import type { TaskTemplateId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type {
  TaskTemplate,
  TaskTemplateInput,
  TaskTemplateListQuery,
  TaskTemplatePatch,
} from '@tenantry/contracts/task-templates'
import type { Acting } from '../records/acting.ts'
import { createRecord, patchRecord, putAway, readRecord, takeBack } from '../records/change-record.ts'
import { asFields } from '../records/diff.ts'
import { asRows } from '../records/plain.ts'
import { SettingList } from '../records/setting-list.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { undoChange } from '../records/undo-change.ts'
import { selectTaskTemplates, taskTemplateRecord } from './record.ts'
import { taskTemplates } from './table.ts'

export class TaskTemplatesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** By name; at most 500. */
  list(query: TaskTemplateListQuery): Promise<TaskTemplate[]> {
    return templateList.all(this.#executor, query)
  }

  count(query: TaskTemplateListQuery): Promise<Count> {
    return templateList.count(this.#executor, query)
  }

  /** Throws NOT_FOUND. A template in the bin is found, with `deletedAt`. */
  byId(id: TaskTemplateId): Promise<TaskTemplate> {
    return readRecord(this.#executor, taskTemplateRecord, id)
  }

  /** What happened to the template, newest first. Throws NOT_FOUND. */
  timeline(id: TaskTemplateId, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, taskTemplateRecord, id, page)
  }
}

export class TaskTemplatesWriter extends TaskTemplatesReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  create(input: TaskTemplateInput): Promise<TaskTemplate> {
    return createRecord(this.#acting, taskTemplateRecord, asFields(input))
  }

  /** Throws NOT_FOUND, STALE_WRITE. */
  patch({ patch, ...at }: At & { patch: TaskTemplatePatch }): Promise<TaskTemplate> {
    return patchRecord(this.#acting, taskTemplateRecord, at, asFields(patch))
  }

  archive(at: At): Promise<TaskTemplate> {
    return putAway(this.#acting, taskTemplateRecord, at, 'archived')
  }

  unarchive(at: At): Promise<TaskTemplate> {
    return takeBack(this.#acting, taskTemplateRecord, at, 'unarchived')
  }

  remove(at: At): Promise<TaskTemplate> {
    return putAway(this.#acting, taskTemplateRecord, at, 'deleted')
  }

  restore(at: At): Promise<TaskTemplate> {
    return takeBack(this.#acting, taskTemplateRecord, at, 'restored')
  }

  /** Takes back one change of its timeline; tasks that were made meanwhile stay. Throws STALE_WRITE when its fields have changed since. */
  undo(id: TaskTemplateId, changeId: string): Promise<TaskTemplate> {
    return undoChange(this.#acting, taskTemplateRecord, id, changeId)
  }
}

interface At {
  id: TaskTemplateId
  version: number
}

const templateList = new SettingList<TaskTemplate, TaskTemplateListQuery>({
  table: taskTemplates,
  select: (db, where) =>
    asRows<TaskTemplate>(selectTaskTemplates(db).where(where).orderBy(taskTemplates.name, taskTemplates.id).limit(500)),
})
