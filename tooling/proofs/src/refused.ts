import { setTimeout as sleep } from 'node:timers/promises'

/** An answer that says no, with the code that it gives. */
export class Refused extends Error {
  readonly status: number
  readonly code: string | undefined
  readonly retryAfterSeconds: number

  constructor(what: string, { status, headers }: Response, body: string) {
    super(`${what.split('?', 1)[0]} answered ${status}: ${body}`)
    this.name = 'Refused'
    this.status = status
    this.code = /"code":"([A-Z_]+)"/.exec(body)?.[1]
    this.retryAfterSeconds = Number(headers.get('retry-after') ?? 1)
  }
}

/** Nothing was done, and the same may be asked again a little later. */
const passing = ['TOO_MANY_REQUESTS', 'TENANT_DATABASE_BUSY']
const patienceMs = 180_000

/** Waits as long as it is told to, and asks again, as programs do that read what they are told. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const mayPass = error instanceof Refused && passing.includes(error.code ?? '')
      if (!mayPass || performance.now() > deadline) throw error
      await sleep(error.retryAfterSeconds * 1000)
    }
  }
}
