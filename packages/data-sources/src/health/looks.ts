import type { Target } from '@tenantry/connections/target'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import type { Keyring } from '@tenantry/credentials/keyring'
import { openConfig } from '../config.ts'
import type { DataSourceRecord, GrantFacts } from '../grant-desk.ts'
import type { PoolOpener } from '../pool-opener.ts'
import type { HealthTurn } from './checker.ts'
import { lookAt, type Look } from './look-at.ts'

/** A size changes slowly, and asking for it takes a server ten times as long as everything else that a look asks. */
const looksPerSize = 20

/** Looks at data sources with the deadlines and credentials that requests have there. */
export class Looks {
  readonly #keyring: Keyring
  readonly #pools: PoolOpener

  constructor(keyring: Keyring, pools: PoolOpener) {
    this.#keyring = keyring
    this.#pools = pools
  }

  /** Somebody waits for it. */
  async now(of: Pick<GrantFacts, 'tenantId' | 'login'>, record: () => Promise<DataSourceRecord>) {
    return await lookAt({ ...this.#lookOf(of), record, withSize: true })
  }

  /** Nobody has asked for it, so it takes its place among the connections of the server. */
  async inTurn(turn: HealthTurn): Promise<HealthFinding> {
    const look = this.#lookOf({ tenantId: turn.tenantId, login: 'serving' })
    const permitsOf = (target: Target) => this.#pools.permitsOf(target)
    const withSize = turn.before === null || Math.random() < 1 / looksPerSize
    const { finding } = await lookAt({ ...look, record: () => turn.dataSource(), permitsOf, withSize })
    return finding
  }

  #lookOf(of: Pick<GrantFacts, 'tenantId' | 'login'>): Omit<Look, 'record'> {
    return {
      tenantId: of.tenantId,
      open: (record) => openConfig(this.#keyring, of, record),
      deadlines: (record) => this.#pools.optionsOf(record),
    }
  }
}
