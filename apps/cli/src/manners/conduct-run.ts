import type { Run, RunStatus } from '@tenantry/app-db/runs'
import { isTenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { exitCode, type ExitCode } from '../exit-code.ts'
import type { Progress } from '../progress.ts'
import { progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import { watchForInterruption } from './interruption.ts'

/** What the work of a long command is given. */
export interface Conducted {
  run: Run
  progress: Progress
  /** Aborted by Ctrl-C, and when another process took the run over: finish the unit at work and return. */
  stop: AbortSignal
}

/** How it ended. A run that was asked to stop before all was done says `interrupted`. */
export interface Conclusion<T> {
  status: Exclude<RunStatus, 'running'>
  result: T
}

/**
 * The manners of a long command: says the run's id, so that somebody can look at it, watches for Ctrl-C, ends the run in
 * the journal and sets the exit code. A failure that `work` throws ends the run as failed and goes on to the caller.
 */
export async function conductRun<T>(
  { shell, command, options }: { shell: Shell; command: Command; options: OutputOptions },
  run: Run,
  work: (conducted: Conducted) => Promise<Conclusion<T>>,
): Promise<T> {
  await using held = run
  const progress = progressOf(shell, options)
  progress.note(`Run ${held.id}${held.isResumed ? `, taken up again (attempt ${held.attempts})` : ''}`)
  using interruption = watchForInterruption(() =>
    progress.note(
      'Stopping after what is under way. Run the same command again to go on; Ctrl-C again ends it at once.',
    ),
  )
  try {
    const stop = AbortSignal.any([interruption.signal, held.signal])
    const { status, result } = await work({ run: held, progress, stop })
    await held.finish(status)
    setExitCode(command, codes[status])
    return result
  } catch (error) {
    // When this process has lost the run, it is not this process's to end.
    if (!held.signal.aborted) await held.finish(statusOf(error)).catch(() => undefined)
    throw error
  }
}

/**
 * A long command that is one step after the other, each a unit of the run, and done when the last one is. Ctrl-C lets the
 * step at work finish and begins no other: RUN_INTERRUPTED.
 */
export function conductSteps<T>(
  context: { shell: Shell; command: Command; options: OutputOptions },
  run: Run,
  { title, work }: { title: string; work: (onProgress: (step: string) => void) => Promise<T> },
): Promise<T> {
  return conductRun(context, run, async ({ progress, stop }) => {
    run.heed(stop)
    return { status: 'done', result: await progress.step(title, work) }
  })
}

function statusOf(error: unknown): 'interrupted' | 'failed' {
  return isTenantryError(error, 'RUN_INTERRUPTED') ? 'interrupted' : 'failed'
}

const codes: Record<Exclude<RunStatus, 'running'>, ExitCode> = {
  done: exitCode.ok,
  partly_failed: exitCode.partlyFailed,
  failed: exitCode.failed,
  interrupted: exitCode.interrupted,
}
