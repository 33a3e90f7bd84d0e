import type { ErrorCode } from '@tenantry/errors/codes'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { indexProcedures } from './procedure-index.ts'
import { appRouter, type AppRouter } from './router.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>
type Split<Path, Of> = Path extends `${infer R extends keyof Of & string}.${infer Name}`
  ? Name extends keyof Of[R]
    ? Of[R][Name]
    : never
  : never
/** Every procedure of the router as `router.procedure`. */
export type ProcedurePath = { [R in keyof Inputs]: `${R}.${keyof Inputs[R] & string}` }[keyof Inputs]
export type InputOf<Path extends ProcedurePath> = Split<Path, Inputs>
export type OutputOf<Path extends ProcedurePath> = Split<Path, Outputs>

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** `ok` or the code of the error. */
  outcome: 'ok' | ErrorCode
  data: unknown
}

/** Calls procedures over HTTP with one cookie. */
export class Browser {
  readonly #port: number
  readonly #cookie: string | undefined

  constructor(port: number, cookie: string | undefined) {
    this.#port = port
    this.#cookie = cookie
  }

  get port(): number {
    return this.#port
  }

  /** The `cookie` header it sends. */
  get cookie(): string | undefined {
    return this.#cookie
  }

  /** The data of a call that succeeds; throws otherwise. */
  async call<Path extends ProcedurePath>(path: Path, input: InputOf<Path>): Promise<OutputOf<Path>> {
    const { outcome, data, text } = await this.ask(path, input)
    if (outcome !== 'ok') throw new Error(`${path}: ${text}`)
    // The handler answered with what this procedure returned.
    return data as OutputOf<Path>
  }

  /** What became of a call, whatever it was. */
  async ask<Path extends ProcedurePath>(
    path: Path,
    input: InputOf<Path>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = input === undefined ? undefined : JSON.stringify(input)
    const procedure = procedures.get(path)
    if (procedure?.type === 'mutation' || procedure?.permission === 'link')
      return this.send(path, { method: 'POST', body: body ?? null, headers: { ...json, ...headers } })
    return this.send(`${path}${body === undefined ? '' : `?input=${encodeURIComponent(body)}`}`, { headers })
  }

  /** A request of a file, as it is. */
  file(route: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie)
    return fetch(`http://127.0.0.1:${this.#port}/api/files/${route}`, { ...init, headers })
  }

  /** Any request below the handler's address. */
  async send(route: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers)
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie)
    const response = await fetch(`http://127.0.0.1:${this.#port}/api/trpc/${route}`, { ...init, headers })
    const text = await response.text()
    const body = JSON.parse(text) as { result?: { data?: unknown }; error?: { data: { code: ErrorCode } } }
    const outcome = body.error?.data.code ?? 'ok'
    return { status: response.status, headers: response.headers, text, outcome, data: body.result?.data }
  }
}

const procedures = indexProcedures(appRouter)
const json = { 'content-type': 'application/json' }
