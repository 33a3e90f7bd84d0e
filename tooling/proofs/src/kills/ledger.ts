/** What a worker was told about one transaction. */
export type Answer = 'saved' | 'refused' | 'unknown'

/** A row of the table, which has two for every transaction. */
export interface Half {
  attempt: number
  half: number
  tenant: string
}

/** What the table says about the answers. */
export interface Judgement {
  /** Told saved, and not there. */
  lost: number
  /** One row of two. */
  halved: number
  /** Told refused, and there. */
  resurrected: number
  /** In the table as this tenant's, though somebody else wrote it, or the other way round. */
  foreign: number
  unknownStored: number
  unknownAbsent: number
}

/** What one tenant's workers tried and were told. Attempts are numbered across all ledgers. */
export class Ledger {
  readonly #tenant: string
  readonly #answers = new Map<number, Answer | 'under way'>()
  readonly #counts: Record<Answer, number> = { saved: 0, refused: 0, unknown: 0 }

  constructor(tenant: string) {
    this.#tenant = tenant
  }

  begin(): number {
    const attempt = ++attempts
    this.#answers.set(attempt, 'under way')
    return attempt
  }

  end(attempt: number, answer: Answer): void {
    this.#answers.set(attempt, answer)
    this.#counts[answer]++
  }

  count(answer: Answer): number {
    return this.#counts[answer]
  }

  /** `rows` is the whole table, of all tenants. */
  judge(rows: readonly Half[]): Judgement {
    const halves = new Map<number, number>()
    let foreign = 0
    for (const { attempt, tenant } of rows) {
      const isMine = this.#answers.has(attempt)
      if (isMine) halves.set(attempt, (halves.get(attempt) ?? 0) + 1)
      if (isMine !== (tenant === this.#tenant)) foreign++
    }
    const found = [...this.#answers].map(([attempt, answer]) => ({ answer, halves: halves.get(attempt) ?? 0 }))
    const count = (answer: Answer, stored: number) =>
      found.filter((one) => one.answer === answer && one.halves === stored).length
    return {
      lost: count('saved', 0),
      halved: found.filter((one) => one.halves !== 0 && one.halves !== 2).length,
      resurrected: count('refused', 2),
      foreign,
      unknownStored: count('unknown', 2),
      unknownAbsent: count('unknown', 0),
    }
  }
}

let attempts = 0
