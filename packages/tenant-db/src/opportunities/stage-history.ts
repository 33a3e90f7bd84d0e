import { statement } from '@tenantry/connections/statement'
import type { Opportunity, StageChange } from '@tenantry/contracts/opportunities'
import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { memberRefs } from '../member-refs/table.ts'
import { pipelineStages } from '../pipeline-stages/table.ts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { asRows } from '../records/plain.ts'
import { sameRow } from '../records/record-table.ts'
import { opportunityStageHistory as history } from '../stage-history/table.ts'

/** What a line of stage history keeps; a change of any of these writes one. */
const watched = ['stageId', 'amountMinor', 'probability', 'expectedCloseOn']

/** Remembers a new card's first stage. */
export function recordEntry(acting: Acting, id: string, now: Fields): Promise<unknown> {
  return acting.executor.run(insertChange, { ...paramsOf(acting, id, now), fromStageId: null, enteredAt: null })
}

/** Remembers stage, amount, probability and close date where one of them changes, with the time spent in the old stage. */
export async function recordStageChange(acting: Acting, before: Opportunity, changes: Fields): Promise<void> {
  if (!watched.some((field) => field in changes)) return
  await acting.executor.run(insertChange, {
    ...paramsOf(acting, before.id, { ...before, ...changes }),
    fromStageId: before.stageId,
    enteredAt: 'stageId' in changes ? before.stageEnteredAt : null,
  })
}

/** A new opportunity, where `before` is null, or one that was changed: its fields as they are from now on, all or those alone. */
export interface CardWrite {
  id: string
  before: Opportunity | null
  fields: Fields
}

/** The lines of many opportunities that are written at once, in one statement; undefined where there are none. */
export function recordStageChanges(acting: Acting, writes: readonly CardWrite[]): Promise<unknown> | undefined {
  const lines = writes.flatMap(({ id, before, fields }) => {
    if (before !== null && !watched.some((field) => field in fields)) return []
    const entered = before !== null && 'stageId' in fields ? before.stageEnteredAt : null
    const line = paramsOf(acting, id, { ...before, ...fields })
    return [{ ...line, fromStageId: before?.stageId ?? null, enteredAt: entered }]
  })
  return lines.length === 0 ? undefined : acting.executor.run(insertChanges, { lines: JSON.stringify(lines) })
}

function paramsOf({ actor }: Acting, opportunityId: string, now: Fields): Record<string, unknown> {
  return {
    opportunityId,
    toStageId: now['stageId'],
    amountMinor: now['amountMinor'],
    probability: now['probability'],
    expectedCloseOn: now['expectedCloseOn'] ?? null,
    changedBy: actor.id,
  }
}

/** Oldest first. */
export const stageChangesOf = statement<{ id: string }, StageChange>((db) => {
  const from = alias(pipelineStages, 'from_stage')
  const to = alias(pipelineStages, 'to_stage')
  return asRows<StageChange>(
    db
      .select({
        id: history.id,
        fromStageId: history.fromStageId,
        fromStageName: from.name,
        toStageId: history.toStageId,
        toStageName: to.name,
        changedAt: history.changedAt,
        changedByName: memberRefs.displayName,
        amountMinor: history.amountMinor,
        probability: history.probability,
        secondsInPrevious: history.secondsInPrevious,
      })
      .from(history)
      .innerJoin(to, sameRow(to, to.id, history.toStageId))
      .leftJoin(from, sameRow(from, from.id, history.fromStageId))
      .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, history.changedBy))
      .where(eq(history.opportunityId, sql.placeholder('id')))
      .orderBy(history.id),
  )
})

const insertChanges = statement<{ lines: string }, Record<string, never>>((db) =>
  db.execute(sql`
    insert into ${history} (tenant_id, opportunity_id, from_stage_id, to_stage_id, amount_minor, probability,
      expected_close_on, changed_by, seconds_in_previous)
    select (select crm.current_tenant()), l."opportunityId", l."fromStageId", l."toStageId", l."amountMinor",
      l.probability, l."expectedCloseOn", l."changedBy", floor(extract(epoch from now() - l."enteredAt"))::bigint
    from jsonb_to_recordset(${sql.placeholder('lines')}::jsonb) as l("opportunityId" uuid, "fromStageId" uuid,
      "toStageId" uuid, "amountMinor" bigint, probability int, "expectedCloseOn" date, "changedBy" uuid,
      "enteredAt" timestamptz)`),
)

const enteredAt = sql`${sql.placeholder('enteredAt')}::timestamptz`
const insertChange = statement<Record<string, unknown>, Record<string, never>>((db) =>
  db.execute(sql`
    insert into ${history} (opportunity_id, from_stage_id, to_stage_id, amount_minor, probability, expected_close_on,
      changed_by, seconds_in_previous)
    values (${sql.placeholder('opportunityId')}, ${sql.placeholder('fromStageId')}, ${sql.placeholder('toStageId')},
      ${sql.placeholder('amountMinor')}, ${sql.placeholder('probability')}, ${sql.placeholder('expectedCloseOn')},
      ${sql.placeholder('changedBy')}, floor(extract(epoch from now() - ${enteredAt}))::bigint)`),
)
