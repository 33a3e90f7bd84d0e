import { indexProcedures } from '@tenantry/api/procedure-index'
import { appRouter } from '@tenantry/api/router'
import { isErrorCode } from '@tenantry/errors/codes'
import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { inputs, type Target } from './inputs.ts'
import type { Decision, ProcedurePath } from './policy.ts'

const index = indexProcedures(appRouter)

/** The procedures that are really there, whatever the policy lists. */
export const procedurePaths = [...index.keys()] as ProcedurePath[]

export function isMutation(path: string): boolean {
  return index.get(path)?.type === 'mutation'
}

/** Whether an answer is what the procedure's output schema says, to the last field. */
export function isAsDescribed(path: string, data: unknown): boolean {
  const described = index.get(path)?.output.safeParse(data)
  return described?.success === true && isDeepStrictEqual(described.data, data)
}

export interface Answer {
  decision: Decision
  status: number
  /** Body and headers without what differs between any two answers: request id, date, connection. */
  comparable: string
  data: unknown
}

/** Calls procedures over HTTP as one browser session does; without a cookie as a stranger. */
export class HttpCaller {
  readonly #baseUrl: string
  readonly #cookie: string | undefined

  constructor(baseUrl: string, cookie: string | undefined) {
    this.#baseUrl = baseUrl
    this.#cookie = cookie
  }

  /** The call the matrix makes: the procedure's own valid input, naming the target. */
  ask(path: ProcedurePath, target: Target): Promise<Answer> {
    return this.call(path, inputs[path](target))
  }

  async call(path: string, input: unknown): Promise<Answer> {
    // What takes a public link is posted, queries too.
    const isPost = isMutation(path) || index.get(path)?.permission === 'link'
    const query = isPost || input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const response = await fetch(`${this.#baseUrl}/api/trpc/${path}${query}`, {
      method: isPost ? 'POST' : 'GET',
      headers: {
        'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(256)}`,
        ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
        ...(isPost ? { 'content-type': 'application/json' } : {}),
      },
      ...(isPost && input !== undefined ? { body: JSON.stringify(input) } : {}),
    })
    return readAnswer(response)
  }

  /** Data of a call that must succeed. */
  async data<T>(path: ProcedurePath, input: unknown): Promise<T> {
    const answer = await this.call(path, input)
    if (answer.decision !== 'ok') throw new Error(`${path} was answered with ${answer.decision}: ${answer.comparable}`)
    return answer.data as T
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = JSON.parse(text) as {
    result?: { data?: unknown }
    error?: { data?: { code?: unknown; requestId?: string } }
  }
  const code = json.error?.data?.code
  const headers = [...response.headers].filter(
    ([name]) => !['x-request-id', 'date', 'connection', 'keep-alive'].includes(name),
  )
  const requestId = response.headers.get('x-request-id') ?? ''
  return {
    decision: json.error === undefined ? 'ok' : isErrorCode(code) ? code : 'INTERNAL',
    status: response.status,
    comparable: `${response.status} ${JSON.stringify(headers)} ${text.replaceAll(requestId, '<request id>')}`,
    data: json.result?.data,
  }
}
