import type { Command } from 'commander'
import { once } from 'node:events'
import { watchForInterruption } from '../manners/interruption.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'
import { findWorkerConfiguration, startWorker } from '../start-worker.ts'

const mailsWait =
  'Neither MAIL_SMTP_URL nor MAIL_FOLDER is set: mails wait for another worker; webhooks and imports are done here.'

export function workerCommand(shell: Shell): Command {
  return newCommand(
    'worker',
    'send the mails and webhooks that are due, import files, keep signed contracts and settle payments that stayed pending, until it is stopped; any number of processes may',
    ['tenantry worker', 'tenantry worker --quiet    # for a service; SIGTERM lets what is under way end'],
  ).action(async (options: OutputOptions) => {
    const progress = progressOf(shell, options)
    using interruption = watchForInterruption(() => undefined)
    const configuration = findWorkerConfiguration(shell)
    if (configuration.mail === undefined) progress.note(mailsWait)
    const worker = await progress.step('Starting the worker', () => startWorker(configuration))
    try {
      if (!interruption.signal.aborted) await once(interruption.signal, 'abort')
    } finally {
      await progress.step('Letting what is under way end', () => worker.close())
    }
    printResult(shell, options, { data: { stopped: true }, text: () => 'The worker has stopped. Nothing is lost.' })
  })
}
