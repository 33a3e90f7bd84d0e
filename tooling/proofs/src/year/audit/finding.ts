/** Something that the rows say and that does not follow from the other rows. */
export interface Finding {
  check: string
  /** Which record, so that somebody can look at it. */
  record: string
  says: string
  should: string
}

/** Collects what differs, and how much was compared. */
export class Ledger {
  readonly findings: Finding[] = []
  readonly checked: Record<string, number> = {}

  /** Compares by how both are written as JSON, where a bigint is its digits. */
  compare(check: string, record: string, says: unknown, should: unknown): void {
    this.checked[check] = (this.checked[check] ?? 0) + 1
    const [said, expected] = [written(says), written(should)]
    if (said !== expected) this.findings.push({ check, record, says: said, should: expected })
  }
}

function written(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  return text ?? 'nothing'
}
