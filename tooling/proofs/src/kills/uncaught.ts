/** Counts what would have ended the process, and keeps it alive while it is watched. */
export interface UncaughtWatch extends Disposable {
  readonly sentences: readonly string[]
}

export function watchUncaught(): UncaughtWatch {
  const sentences: string[] = []
  const note = (error: unknown) => {
    sentences.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  }
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  return {
    sentences,
    [Symbol.dispose]() {
      process.off('uncaughtException', note)
      process.off('unhandledRejection', note)
    },
  }
}
