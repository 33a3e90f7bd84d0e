/** Where a command writes: results to `out`, everything about its progress to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Somebody is looking at stdout: tables instead of JSON. */
  readonly outIsScreen: boolean
  /** Somebody is looking at stderr: progress is redrawn in place. */
  readonly errIsScreen: boolean
  readonly useColor: boolean
}

export function processTerminal({ noColor }: { noColor: boolean }): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsScreen: process.stdout.isTTY,
    errIsScreen: process.stderr.isTTY,
    useColor: !noColor && process.stdout.isTTY,
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
