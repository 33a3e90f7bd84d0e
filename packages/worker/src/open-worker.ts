import type { GrantsRepository, JobsRepository } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Logger } from '@tenantry/telemetry/logger'
import { Logger as QueueLogger, run } from 'graphile-worker'
import { z } from 'zod'
import { sendMail, type MailNeeds } from './send-mail.ts'

export interface WorkerNeeds extends Omit<MailNeeds, 'app'> {
  app: { grants: GrantsRepository; jobs: JobsRepository }
  /** The application database, where the queue is. */
  appDatabaseUrl: string
  logger: Logger
  /** How often mails that are due are looked for. Default 1 s. */
  pollMs?: number
  /** After which a job counts as abandoned by a process that has died. Default 5 minutes: an attempt takes two at most. */
  abandonedSeconds?: number
}

export interface Worker extends AsyncDisposable {
  /** Lets jobs under way end, and takes no more. */
  close(): Promise<void>
}

/** With the library's back-off, e^attempt seconds up to six hours: the last one is made after a day. */
const attempts = 14

const MailJob = z.object({ tenantId: z.uuid().transform((id) => id as TenantId), outboxId: z.uuid() })

/**
 * Does what is due beside requests, as one of any number of processes. The queue is brought up to date first. A job names a
 * tenant and a mail and no more; what it may do follows from a grant of its own, which the audit log shows.
 */
export async function openWorker(needs: WorkerNeeds): Promise<Worker> {
  const { app, logger, pollMs = 1_000, abandonedSeconds = 300, appDatabaseUrl } = needs
  const runner = await run({
    connectionString: appDatabaseUrl,
    concurrency: 2,
    maxPoolSize: 4,
    pollInterval: pollMs,
    noHandleSignals: true,
    logger: new QueueLogger(() => (level, message) => {
      if (level === 'error') logger.warn({ queue: message }, 'The queue reports a failure')
    }),
    taskList: {
      async send_mail(payload, { job }) {
        const attempt = { number: job.attempts, most: job.max_attempts, requestId: `job-${job.id}` }
        await sendMail(needs, MailJob.parse(payload), attempt)
      },
    },
  })
  let round: Promise<void> | undefined
  const collect = async () => {
    try {
      await app.jobs.freeAbandoned({ olderThanSeconds: abandonedSeconds })
      await app.jobs.collectMail({ attempts })
    } catch (err) {
      logger.warn({ err }, 'Mails that are due could not be collected')
    }
  }
  const timer = setInterval(() => {
    round ??= collect().finally(() => (round = undefined))
  }, pollMs)
  const close = async () => {
    clearInterval(timer)
    await round
    await runner.stop()
  }
  return { close, [Symbol.asyncDispose]: close }
}
