import { renderMeter } from './manners/meter.ts'
import type { Terminal } from './terminal.ts'

/** One line per step on stderr: shown when it starts, with its duration when it is done. */
export interface Progress {
  step<T>(name: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>
  /** The same for something countable, with its rate and the time that remains: call `advance` after each of `total`. */
  meter<T>(name: string, total: number, work: (advance: (by?: number) => void) => Promise<T>): Promise<T>
  note(text: string): void
}

export function openProgress(terminal: Terminal, { quiet }: { quiet: boolean }): Progress {
  if (quiet) {
    return { step: (_, work) => work(silent), meter: (_, __, work) => work(silent), note: silent }
  }
  const step: Progress['step'] = (name, work) =>
    terminal.errIsScreen ? redrawn(terminal, name, work) : plain(terminal, name, work)
  return {
    // Over a line that is being redrawn.
    note: (text) => terminal.err(terminal.errIsScreen ? `\r\u001b[2K${text}\n` : `${text}\n`),
    step,
    meter: (name, total, work) => step(name, (detail) => work(counting(total, terminal.errIsScreen ? detail : silent))),
  }
}

function counting(total: number, detail: (text: string) => void): (by?: number) => void {
  const started = performance.now()
  let done = 0
  detail(renderMeter({ done, total, elapsedMs: 0 }))
  return (by = 1) => {
    done += by
    detail(renderMeter({ done, total, elapsedMs: performance.now() - started }))
  }
}

function silent(): void {
  // nobody looks
}

type Work<T> = (detail: (text: string) => void) => Promise<T>

async function plain<T>(terminal: Terminal, name: string, work: Work<T>): Promise<T> {
  const started = performance.now()
  terminal.err(`- ${name}\n`)
  const result = await work((text) => terminal.err(`  ${text}\n`))
  const seconds = secondsSince(started)
  if (seconds >= 1) terminal.err(`  ${seconds.toFixed(1)} s\n`)
  return result
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 80

async function redrawn<T>(terminal: Terminal, name: string, work: Work<T>): Promise<T> {
  const started = performance.now()
  let shownDetail = ''
  let frame = 0
  const draw = (mark: string, text: string) => terminal.err(`\r\u001b[2K${mark} ${text}`)
  const redraw = () => draw(frames[frame++ % frames.length] ?? '', shownDetail ? `${name} · ${shownDetail}` : name)
  redraw()
  const timer = setInterval(redraw, frameMs)
  try {
    const result = await work((text) => (shownDetail = text))
    const seconds = secondsSince(started)
    draw('✓', seconds >= 1 ? `${name} (${seconds.toFixed(1)} s)\n` : `${name}\n`)
    return result
  } catch (cause) {
    draw('✗', `${name}\n`)
    throw cause
  } finally {
    clearInterval(timer)
  }
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}
