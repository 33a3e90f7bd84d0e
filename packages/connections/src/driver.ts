import type { Socket } from 'node:net'
import postgres from 'postgres'
import type { Target } from './target.ts'
import { valueParsers } from './value-parsers.ts'

/**
 * How rows come and how the statement goes: `script` is text without parameters that may hold several statements. Only its
 * rows are read by the driver.
 */
export type Form = 'arrays' | 'objects' | 'script'

export interface DriverRows extends Array<unknown> {
  /** The first word or words of the command tag. */
  command?: string | null
}

/** postgres.js reduced to what it does well: logging in and writing messages, on one socket that is not its own. */
export interface Driver {
  /** `parameters` must be finished text. Rejects with a PostgresError when the server said no, else with any error. */
  send(text: string, parameters: (string | null)[], form: Form, prepared: boolean): Promise<DriverRows>
}

export const { PostgresError } = postgres

export interface DriverNeeds {
  /** Called at the first `send`, and again if the driver tries to reconnect. */
  socket: () => Promise<Socket>
  /** Called when the server asks for it. Must not throw. */
  password: () => string
}

/** Nothing is dialed before the first `send`. */
export function openDriver(target: Target, settings: Record<string, string>, needs: DriverNeeds): Driver {
  const sql = postgres(finishedOptions(target, settings, needs) as unknown as postgres.Options<never>)
  return {
    send(text, parameters, form, prepared) {
      const options = { prepare: prepared, simple: false }
      const query = sql.unsafe(text, parameters, options)
      return settledApart(form === 'script' ? query.simple() : query)
    },
  }
}

/**
 * A query as a promise of our own, let go of once it has settled. What the driver settles is a promise that the query is
 * itself, by closures made in its constructor; V8's collector of young objects takes such closures for alive, so every row
 * ever read would stay until a full collection, and collecting would cost half the time of reading (measured).
 */
function settledApart(query: { execute(): unknown }): Promise<DriverRows> {
  // Not in the published types. The connection settles a query by these two and by nothing else.
  const settleable = query as { resolve?: unknown; reject?: unknown }
  const answer = new Promise<DriverRows>((resolve, reject) => {
    settleable.resolve = resolve
    settleable.reject = reject
  })
  // The driver settles a query again when it is asked to reconnect for one that was queued behind it.
  const letGo = () => {
    settleable.resolve = settleable.reject = ignore
  }
  answer.then(letGo, letGo)
  query.execute()
  return answer
}

/**
 * All options as the driver holds them after its own parsing. The presence of `shared` makes it take them as they are;
 * parsed ones would be filled up from PG* variables of the environment, PGTARGETSESSIONATTRS and PGPASSWORD among them,
 * whatever is given. Tied to postgres 3.4.9; `driver.test.ts` fails when a version reads the environment again.
 */
function finishedOptions(target: Target, settings: Record<string, string>, { socket, password }: DriverNeeds) {
  return {
    host: [target.host],
    port: [target.port],
    path: false,
    database: target.database,
    user: target.user,
    pass: password,
    max: 1,
    ssl: false,
    sslnegotiation: null,
    idle_timeout: null,
    connect_timeout: null,
    max_lifetime: null,
    max_pipeline: 100,
    backoff: 0,
    keep_alive: null,
    prepare: true,
    debug: false,
    fetch_types: false,
    publications: '',
    target_session_attrs: null,
    no_subscribe: true,
    connection: settings,
    types: {},
    parsers: valueParsers,
    serializers: {},
    transform: { undefined: undefined, column: {}, value: {}, row: {} },
    parameters: {},
    shared: { retries: 0, typeArrayMap: {} },
    onnotice: ignore,
    socket,
  }
}

function ignore(): void {
  // What is settled stays so; notices go to the server's log.
}
