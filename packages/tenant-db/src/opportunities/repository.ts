import type { Executor } from '@tenantry/connections/database'
import type {
  Opportunity,
  OpportunityBoard,
  OpportunityBoardQuery,
  OpportunityInput,
  OpportunityListQuery,
  OpportunityMove,
  OpportunityPatch,
  StageChange,
} from '@tenantry/contracts/opportunities'
import type { OpportunityId } from '@tenantry/contracts/ids'
import type { OpportunityLine, OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from '../records/acting.ts'
import { linesOf } from '../opportunity-line-items/lines.ts'
import { setLines, undoLines } from '../opportunity-line-items/set-lines.ts'
import { assertNotInBin, putAway, readRecord, takeBack } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { undoChange } from '../records/undo-change.ts'
import { readBoard } from './board.ts'
import { opportunityListing } from './listing.ts'
import { opportunityRecord } from './record.ts'
import { reopenOpportunity } from './reopen-opportunity.ts'
import { stageChangesOf } from './stage-history.ts'
import { winOpportunity } from './win-opportunity.ts'
import { createOpportunity, moveOpportunity, patchOpportunity, type OpportunityOrigin } from './write-opportunity.ts'

export class OpportunitiesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  list(query: OpportunityListQuery): Promise<Page<Opportunity>> {
    return opportunityListing.page(this.#executor, query)
  }

  count(query: OpportunityListQuery): Promise<Count> {
    return opportunityListing.count(this.#executor, query)
  }

  /** Throws NOT_FOUND. An opportunity in the bin is found, with `deletedAt`. */
  byId(id: OpportunityId): Promise<Opportunity> {
    return readRecord(this.#executor, opportunityRecord, id)
  }

  /** One pipeline as columns of cards, the default one when none is named. Throws NOT_FOUND. */
  board(query: OpportunityBoardQuery): Promise<OpportunityBoard> {
    return readBoard(this.#executor, query)
  }

  /** Stages, amounts, odds and close dates over time, oldest first. Throws NOT_FOUND. */
  async stageHistory(id: OpportunityId): Promise<StageChange[]> {
    const changes = await this.#executor.run(stageChangesOf, { id })
    // Created here, it has one line at least; only none at all leaves open whether it exists.
    if (changes.length === 0) await this.byId(id)
    return changes
  }

  /** What is offered, in its order. Throws NOT_FOUND. */
  async lines(id: OpportunityId): Promise<OpportunityLine[]> {
    const lines = await linesOf(this.#executor, id)
    if (lines.length === 0) await this.byId(id)
    return lines
  }

  /** What happened to the opportunity, newest first. Throws NOT_FOUND. */
  timeline(id: OpportunityId, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, opportunityRecord, id, page)
  }
}

/** Of a transaction: every method writes the opportunity and its history together, or neither. */
export class OpportunitiesWriter extends OpportunitiesReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** At the end of a stage: the one named, else the first open one. Throws RULE_VIOLATED when there is no such stage. */
  create(input: OpportunityInput, origin: OpportunityOrigin = {}): Promise<Opportunity> {
    return createOpportunity(this.#acting, input, origin)
  }

  /** Changes an opportunity by what it is once it is locked. Throws NOT_FOUND, and RULE_VIOLATED for one in the bin. */
  async amend(id: OpportunityId, patchOf: (before: Opportunity) => OpportunityPatch): Promise<Opportunity> {
    const before = await lockAndRead(this.#acting.executor, opportunityRecord, id)
    assertNotInBin(before)
    return patchOpportunity(this.#acting, { id, version: before.version, patch: patchOf(before) })
  }

  /** Throws NOT_FOUND, STALE_WRITE with what others changed since `version`, RULE_VIOLATED for the odds of a closed one. */
  patch(input: { id: OpportunityId; version: number; patch: OpportunityPatch }): Promise<Opportunity> {
    return patchOpportunity(this.#acting, input)
  }

  /** Replaces the lines, and the amount by what they come to. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED. */
  setLines(input: OpportunityLinesInput): Promise<Opportunity> {
    return setLines(this.#acting, input)
  }

  /**
   * To another stage, another place in it, or both. Entering a won or lost stage closes the opportunity, leaving it
   * opens it again. Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for a loss without a reason.
   */
  move(input: OpportunityMove): Promise<Opportunity> {
    return moveOpportunity(this.#acting, input)
  }

  /** To the won stage of its pipeline, whatever its version. See `winOpportunity`. */
  win(id: OpportunityId): Promise<Opportunity> {
    return winOpportunity(this.#acting, id)
  }

  /** Back to where it was won from, by what it says no more. See `reopenOpportunity`. */
  reopen(from: { id: OpportunityId; wonAt: string }): Promise<Opportunity> {
    return reopenOpportunity(this.#acting, from)
  }

  archive(at: OpportunityVersion): Promise<Opportunity> {
    return putAway(this.#acting, opportunityRecord, at, 'archived')
  }

  unarchive(at: OpportunityVersion): Promise<Opportunity> {
    return takeBack(this.#acting, opportunityRecord, at, 'unarchived')
  }

  /** Puts the opportunity into the bin, from which `restore` takes it back. */
  remove(at: OpportunityVersion): Promise<Opportunity> {
    return putAway(this.#acting, opportunityRecord, at, 'deleted')
  }

  restore(at: OpportunityVersion): Promise<Opportunity> {
    return takeBack(this.#acting, opportunityRecord, at, 'restored')
  }

  /** Takes back one change of the opportunity's timeline. Throws STALE_WRITE when its fields have changed since. */
  async undo(id: OpportunityId, changeId: string): Promise<Opportunity> {
    const unlined = await undoLines(this.#acting, id, changeId)
    return unlined ?? undoChange(this.#acting, opportunityRecord, id, changeId)
  }
}

interface OpportunityVersion {
  id: OpportunityId
  version: number
}
