import type { Executor } from '@tenantry/connections/database'
import type { RunId, TenantId } from '@tenantry/contracts/ids'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { and, desc, eq, lt, ne, or, sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { describeHolder, isGone, thisProcess } from './holder.ts'
import { RunJournal, unitsOf, type UnitRow } from './journal.ts'
import { runUnits } from '../run-units/table.ts'
import { assertHoldsNoSecret } from './no-secret.ts'
import { Run, staleSeconds, type Detail, type RunFacts, type RunStatus } from './run.ts'
import { runs } from './table.ts'

/** Of one kind and subject only one run is under way at a time. */
export interface RunSubject {
  /** Noun and verb of the command: `tenant.create`. */
  kind: string
  /** A slug, the name of a campaign; left out where there is only one at a time. */
  subject?: string
}

export interface NewRun extends RunSubject {
  tenantId?: TenantId | null
  /** What was asked for, without secrets. */
  input: Detail
  /** The operator's name. */
  startedBy: string
}

export interface RunListItem {
  id: RunId
  kind: string
  subject: string
  tenantId: TenantId | null
  status: RunStatus
  /** Says that it runs and has not been heard of for too long: its process is dead. */
  isStale: boolean
  attempts: number
  input: Detail
  startedBy: string
  startedAt: string
  finishedAt: string | null
  /** How many units are in each state. */
  units: Partial<Record<UnitRow['status'], number>>
}

export interface RunningCount {
  kind: string
  /** They have not been heard of for too long: their processes are dead. */
  isStale: boolean
  count: number
}

/**
 * The journal of long commands. A run is claimed by one process: the claim is compared and set in one statement, so two
 * operators never drive the same run. A run whose process is gone, or that was silent for 15 seconds, may be taken over.
 */
export class RunsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** A new run. Throws RUN_IN_PROGRESS while another one of its kind and subject lives; a dead one is ended as interrupted. */
  async start({ kind, subject = '', tenantId = null, input, startedBy }: NewRun): Promise<Run> {
    assertHoldsNoSecret(input)
    const facts = { id: uuidv7() as RunId, kind, subject, tenantId, input }
    const claim = randomUUID()
    try {
      await this.#access.write(async (tx) => {
        const last = await lastOf(tx, { kind, subject })
        if (last?.status === 'running') await endDead(tx, last)
        await tx.db.insert(runs).values({ ...facts, startedBy, claim, holder: thisProcess() })
      })
    } catch (error) {
      // Somebody else began between our look and our write.
      if (isTenantryError(error, 'CONFLICT')) throw await this.#inProgress({ kind, subject })
      throw error
    }
    return this.#claimed({ ...facts, attempts: 1 }, claim)
  }

  /**
   * Takes up the newest run of this kind and subject where it stopped; undefined when there is none or it is done.
   * Throws RUN_IN_PROGRESS while a living process has it.
   */
  async resume({ kind, subject = '' }: RunSubject): Promise<Run | undefined> {
    const last = await lastOf(this.#access.reader, { kind, subject })
    if (last === undefined || last.status === 'done') return undefined
    const claim = randomUUID()
    const mayTake = isGone(last.holder) ? sql`true` : or(ne(runs.status, 'running'), isSilent)
    const [taken] = await this.#access.write((tx) =>
      tx.db
        .update(runs)
        .set({
          claim,
          holder: thisProcess(),
          status: 'running',
          attempts: sql`${runs.attempts} + 1`,
          heartbeatAt: sql`now()`,
          finishedAt: null,
        })
        .where(and(eq(runs.id, last.id), eq(runs.claim, last.claim), mayTake))
        .returning({ attempts: runs.attempts }),
    )
    if (taken === undefined) throw await this.#inProgress({ kind, subject })
    return this.#claimed({ ...last, attempts: taken.attempts }, claim)
  }

  /** Goes on with what was not finished, else begins. Throws RUN_IN_PROGRESS. */
  async resumeOrStart(run: NewRun): Promise<Run> {
    return (await this.resume(run)) ?? (await this.start(run))
  }

  /** Newest first. */
  async list(
    query: { kind?: string; subject?: string; tenantId?: TenantId; limit?: number } = {},
  ): Promise<RunListItem[]> {
    const { kind, subject, tenantId, limit = 50 } = query
    return this.#access.reader.db
      .select({
        id: runs.id,
        kind: runs.kind,
        subject: runs.subject,
        tenantId: runs.tenantId,
        status: runs.status,
        isStale: sql<boolean>`${runs.status} = 'running' and ${isSilent}`.mapWith(
          (value) => value === 't' || value === true,
        ),
        attempts: runs.attempts,
        input: runs.input,
        startedBy: runs.startedBy,
        startedAt: runs.startedAt,
        finishedAt: runs.finishedAt,
        units: unitCounts,
      })
      .from(runs)
      .where(
        and(
          kind === undefined ? undefined : eq(runs.kind, kind),
          subject === undefined ? undefined : eq(runs.subject, subject),
          tenantId === undefined ? undefined : eq(runs.tenantId, tenantId),
        ),
      )
      .orderBy(desc(runs.id))
      .limit(limit)
  }

  /** How many runs of each kind say that they run, by whether they have been heard of lately. */
  async countRunning(): Promise<RunningCount[]> {
    return this.#access.reader.db
      .select({
        kind: runs.kind,
        isStale: sql<boolean>`bool_and(${isSilent})`.mapWith((value) => value === 't' || value === true),
        count: sql<number>`count(*)`.mapWith(Number),
      })
      .from(runs)
      .where(eq(runs.status, 'running'))
      .groupBy(runs.kind, isSilent)
      .orderBy(runs.kind)
  }

  /** The units of a run, whoever holds it, in the order they were begun. */
  unitsOf(id: RunId): Promise<UnitRow[]> {
    return unitsOf(this.#access.reader, id)
  }

  /** What units of one name came to in all runs of a kind, newest first: what those runs made, and are to remove. */
  async detailsOf(kind: string, key: string): Promise<{ run: RunListItem['id']; status: RunStatus; detail: Detail }[]> {
    return this.#access.reader.db
      .select({ run: runs.id, status: runs.status, detail: runUnits.detail })
      .from(runs)
      .innerJoin(runUnits, and(eq(runUnits.runId, runs.id), eq(runUnits.key, key), eq(runUnits.status, 'done')))
      .where(eq(runs.kind, kind))
      .orderBy(desc(runs.id))
  }

  #claimed(facts: RunFacts, claim: string): Run {
    return new Run(facts, new RunJournal(this.#access, { id: facts.id, claim }))
  }

  async #inProgress(subject: Required<RunSubject>): Promise<TenantryError> {
    const last = await lastOf(this.#access.reader, subject)
    const who = last === undefined ? 'another process' : `${last.startedBy}, ${describeHolder(last.holder)}`
    return new TenantryError('RUN_IN_PROGRESS', {
      message: `This is being done already, by ${who}. Wait until it ends.`,
      retryAfterSeconds: staleSeconds,
      ...(last !== undefined && { data: { runId: last.id } }),
    })
  }
}

const isSilent = lt(runs.heartbeatAt, sql`now() - make_interval(secs => ${staleSeconds})`)

const unitCounts = sql<RunListItem['units']>`(
  select coalesce(jsonb_object_agg(u.status, u.n), '{}')
  from (select status, count(*) as n from app.run_units where run_id = ${runs.id} group by status) u)`

type LastRun = Omit<RunFacts, 'attempts'> & { status: RunStatus; claim: string; holder: string; startedBy: string }

async function lastOf(executor: Executor, { kind, subject }: Required<RunSubject>): Promise<LastRun | undefined> {
  const [last] = await executor.db
    .select({
      id: runs.id,
      kind: runs.kind,
      subject: runs.subject,
      tenantId: runs.tenantId,
      input: runs.input,
      status: runs.status,
      claim: runs.claim,
      holder: runs.holder,
      startedBy: runs.startedBy,
    })
    .from(runs)
    .where(and(eq(runs.kind, kind), eq(runs.subject, subject)))
    .orderBy(desc(runs.id))
    .limit(1)
  return last
}

/** Leaves a living run alone: then the index refuses the new one. */
async function endDead(tx: Executor, { id, claim, holder }: LastRun): Promise<void> {
  await tx.db
    .update(runs)
    .set({ status: 'interrupted', finishedAt: sql`now()` })
    .where(
      and(eq(runs.id, id), eq(runs.claim, claim), eq(runs.status, 'running'), isGone(holder) ? undefined : isSilent),
    )
}
