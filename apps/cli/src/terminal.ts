import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'

/** Where a command writes: results to `out`, everything about its progress to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Asks a question on stderr and gives the line that was typed; undefined when the input ended instead. */
  ask(question: string): Promise<string | undefined>
  /** All of stdin as text. */
  readInput(): Promise<string>
  /** Somebody sits at stdin and can be asked. */
  readonly inIsScreen: boolean
  /** Somebody is looking at stdout: tables instead of JSON. */
  readonly outIsScreen: boolean
  /** Somebody is looking at stderr: progress is redrawn in place. */
  readonly errIsScreen: boolean
  readonly useColor: boolean
}

export function processTerminal({ noColor }: { noColor: boolean }): Terminal {
  return {
    out: (line) => void process.stdout.write(line),
    err: (line) => void process.stderr.write(line),
    ask: askOnTerminal,
    readInput: () => text(process.stdin),
    // Undefined where they are no terminal, whatever the types say.
    inIsScreen: process.stdin.isTTY === true,
    outIsScreen: process.stdout.isTTY === true,
    errIsScreen: process.stderr.isTTY === true,
    useColor: !noColor && process.stdout.isTTY === true,
  }
}

async function askOnTerminal(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const ended = once(lines, 'close').then(() => undefined)
    return await Promise.race([lines.question(question), ended])
  } finally {
    lines.close()
  }
}

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'
const codes: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  cyan: [36, 39],
}

/** Paints a text, or leaves it as it is where colours are not wanted. */
export function painter({ useColor }: Pick<Terminal, 'useColor'>): (style: Style, text: string) => string {
  return (style, text) => (useColor ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text)
}
