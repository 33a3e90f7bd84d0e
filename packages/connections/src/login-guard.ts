/** SASL, its continuation, its end, and «you are in». */
const scram = [10, 11, 12, 0]

/** Each iteration costs the event loop about 0.2 µs, and the server chooses their number: 65,536 freeze it for 15 ms. */
const maxIterations = 65_536
const serverFirst = /^r=[^,]+,s=[^,]+,i=(\d{1,6})$/

/**
 * Follows the login of one connection: SCRAM-SHA-256, each step once and in order, so that the server too has proven
 * that it knows the password. A server that asks for a weaker proof would be handed the password itself; one that asks
 * for none has proven nothing.
 */
export class LoginGuard {
  #step = 0

  /** Both sides have proven themselves. */
  get isComplete(): boolean {
    return this.#step === scram.length
  }

  /** The body of an Authentication message. Returns why it is refused, or undefined. */
  refuse(body: Buffer): string | undefined {
    const kind = body.readInt32BE(0)
    if (scram[this.#step] !== kind) return 'the server does not follow SCRAM'
    this.#step++
    return kind === 11 ? refuseIterations(body.toString('latin1', 4)) : undefined
  }
}

function refuseIterations(said: string): string | undefined {
  const iterations = serverFirst.exec(said)?.[1]
  if (iterations === undefined) return 'the SCRAM message is malformed'
  const count = Number(iterations)
  return count >= 1 && count <= maxIterations ? undefined : 'the SCRAM iteration count is out of bounds'
}
