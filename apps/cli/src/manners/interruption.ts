import { exitCode } from '../exit-code.ts'

/** Whether somebody has asked the command to stop. The unit at work is finished first; a second Ctrl-C does not wait. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal
}

export function watchForInterruption(onFirst: () => void): Interruption {
  const stop = new AbortController()
  const ask = () => {
    if (stop.signal.aborted) process.exit(exitCode.interrupted)
    stop.abort()
    onFirst()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, ask)
  return {
    signal: stop.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, ask)
    },
  }
}
