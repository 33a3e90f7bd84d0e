import { pino, type DestinationStream, type Logger } from 'pino'
import { scrub } from './scrub.ts'

export type { Logger } from 'pino'

export interface LoggerOptions {
  /** Default `info`. */
  level?: string | undefined
  name?: string
  /** Default: standard output. */
  destination?: DestinationStream
}

/**
 * A JSON logger that cannot print a secret: fields named like one are dropped and connection strings are scrubbed from
 * every text. An error is logged as its code, detail and the codes of its causes; SQL and values have no way in.
 */
export function openLogger(options: LoggerOptions = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      ...(options.name !== undefined && { name: options.name }),
      formatters: { log: scrubFields, bindings: scrubFields },
      hooks: {
        logMethod(line, method) {
          // The line keeps its shape: an object stays an object, a text a text.
          method.apply(this, line.map(scrubText) as Parameters<typeof method>)
        },
      },
    },
    options.destination ?? pino.destination(1),
  )
}

/** A logger whose every line carries these fields as well. */
export function childLogger(logger: Logger, fields: Record<string, unknown>): Logger {
  return logger.child(scrubFields(fields))
}

function scrubFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, scrub(value, key)]))
}

/** The message; an error given in its place becomes a field like any other. */
function scrubText(part: unknown): unknown {
  if (part instanceof Error) return { err: scrub(part) }
  return typeof part === 'string' ? scrub(part) : part
}
