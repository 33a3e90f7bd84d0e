import type { GrantsRepository, HoldTurns, JobsRepository, WebhookTurns } from '@tenantry/app-db/types'
import type { ContractId, TenantId } from '@tenantry/contracts/ids'
import type { FileStore } from '@tenantry/files/store'
import { isTenantryError } from '@tenantry/errors'
import type { Logger } from '@tenantry/telemetry/logger'
import { Logger as QueueLogger, run, type RunnerOptions } from 'graphile-worker'
import { z } from 'zod'
import { expireHolds } from './expire-holds.ts'
import { keepContract } from './keep-contract.ts'
import { importRows, ImportJob, type ImportNeeds } from './import-rows.ts'
import { defaultPendingSeconds, settlePayments, type PaymentNeeds } from './settle-payments.ts'
import { sendMail, type MailNeeds, type MailStep } from './send-mail.ts'
import { parseNetworks, type AllowedNetworks } from './webhooks/networks.ts'
import { jobsEnded } from './jobs-ended.ts'
import { untilNextTurn } from './until-next-turn.ts'
import { tellWebhooks, type WebhookNeeds, type WebhookStep } from './webhooks/tell-webhooks.ts'

export interface WorkerNeeds
  extends
    Pick<MailNeeds, 'dataSources' | 'keyring'>,
    Partial<Pick<WebhookNeeds, 'posting' | 'leaseSeconds' | 'turnMs'>> {
  /** How mails leave. Left out, they wait in their outboxes for a worker that knows. */
  mail?: Pick<MailNeeds, 'transport' | 'origin'> | undefined
  /** How files of rows are imported. */
  imports?: Omit<ImportNeeds, 'app' | 'dataSources'>
  /** Where files are. Left out, contracts that were signed wait for a worker that knows. */
  files?: FileStore | undefined
  /** Who takes customers' money, and when a payment counts as left behind. Left out, nobody asks what became of one. */
  payments?: Pick<PaymentNeeds, 'provider' | 'pendingSeconds'> | undefined
  app: { grants: GrantsRepository; jobs: JobsRepository; webhookTurns: WebhookTurns; holdTurns: HoldTurns }
  /** What is not the internet and may be told of changes all the same. Default: nothing. */
  networks?: AllowedNetworks
  /** The application database, where the queue is. */
  appDatabaseUrl: string
  logger: Logger
  /** How often mails that are due are looked for. Default 1 s. */
  pollMs?: number
  /** After which a job counts as abandoned by a process that has died. Default 5 minutes: an attempt takes two at most. */
  abandonedSeconds?: number
  /** How often tenants whose endpoints wait for news are looked at when nobody has rung, and holds of those that were away. Default 60 s. */
  sweepSeconds?: number
  /** How often it is looked which holds of a tenant are over, beside the times that are known. Default 15 minutes. */
  holdSweepSeconds?: number
  /** Called between any two steps, for whoever wants to see what a crash there does. */
  onStep?: (step: MailStep | WebhookStep) => void
}

export interface Worker extends AsyncDisposable {
  /** Lets jobs under way end, and takes no more. */
  close(): Promise<void>
}

/** With the library's back-off, e^attempt seconds up to six hours: the last one is made after a day. */
const attempts = 14

const tenantId = z.uuid().transform((id) => id as TenantId)
const MailJob = z.object({ tenantId, outboxId: z.uuid() })
const ContractJob = z.object({ tenantId, contractId: z.uuid().transform((id) => id as ContractId) })
const HoldsJob = z.object({ tenantId })
const WebhooksJob = z.object({ tenantId })
const PaymentsJob = z.object({ tenantId })

/** The last one is made after some days: a signed contract is worth the trouble. */
const contractAttempts = 25

/** They mostly wait for others, so many wait at once: one that is slow takes the place of nobody. */
const turnsAtOnce = 32

/**
 * Does what is due beside requests, as one of any number of processes. The queue is brought up to date first. A job names a
 * tenant and a mail or a file of rows and no more; what it may do follows from a grant of its own, which the audit log shows.
 */
export async function openWorker(needs: WorkerNeeds): Promise<Worker> {
  const { app, logger, mail, files, payments, pollMs = 1_000, abandonedSeconds = 300 } = needs
  const { sweepSeconds = 60, holdSweepSeconds = 900 } = needs
  const mails =
    mail &&
    (await run({
      ...runnerOptions(needs, 'mails'),
      concurrency: 2,
      taskList: {
        async send_mail(payload, { job }) {
          const attempt = { number: job.attempts, most: job.max_attempts, requestId: `job-${job.id}` }
          await sendMail({ ...needs, ...mail }, MailJob.parse(payload), attempt)
        },
      },
    }))
  // Apart from the mails, so that neither waits for the other.
  const webhooks = await run({
    ...runnerOptions(needs, 'webhooks'),
    concurrency: turnsAtOnce,
    taskList: {
      async tell_webhooks(payload, { job }) {
        const telling = {
          ...needs,
          posting: { networks: needs.networks ?? parseNetworks(undefined), ...needs.posting },
        }
        const at = { requestId: `job-${job.id}` }
        await untilNextTurn(() => tellWebhooks(telling, WebhooksJob.parse(payload), at))
      },
    },
  })
  const holds = await run({
    ...runnerOptions(needs, 'holds'),
    concurrency: 2,
    taskList: {
      async expire_holds(payload, { job }) {
        const holding = HoldsJob.parse(payload)
        const at = { requestId: `job-${job.id}` }
        const isDone = await untilNextTurn(() => expireHolds(needs, holding, at))
        // The next sweep is a while away, and a hold should not outlive its time by more than the database does.
        if (!isDone) await app.holdTurns.lookAgain(holding.tenantId, { inSeconds: sweepSeconds })
      },
    },
  })
  const imports = await run({
    ...runnerOptions(needs, 'imports'),
    concurrency: 2,
    taskList: {
      async import(payload, { job, addJob }) {
        const attempt = { number: job.attempts, most: job.max_attempts, requestId: `job-${job.id}` }
        const work = ImportJob.parse(payload)
        const next = await importRows({ ...needs, ...needs.imports }, work, attempt)
        if (next === undefined) return
        await addJob('import', payload, {
          jobKey: work.workId,
          queueName: `import ${work.tenantId}`,
          maxAttempts: job.max_attempts,
          runAt: new Date(Date.now() + next.againInSeconds * 1_000),
        })
      },
    },
  })
  const payers =
    payments &&
    (await run({
      ...runnerOptions(needs, 'payments'),
      concurrency: 2,
      taskList: {
        async settle_payments(payload, { job }) {
          const settling = { ...needs, ...payments }
          const at = { requestId: `job-${job.id}` }
          await untilNextTurn(() => settlePayments(settling, PaymentsJob.parse(payload), at))
        },
      },
    }))
  const contracts =
    files &&
    (await run({
      ...runnerOptions(needs, 'contracts'),
      // Drawing takes the whole of a processor.
      concurrency: 1,
      taskList: {
        async keep_contract(payload, { job }) {
          const attempt = { number: job.attempts, most: job.max_attempts, requestId: `job-${job.id}` }
          await keepContract({ app, files, dataSources: needs.dataSources }, ContractJob.parse(payload), attempt)
        },
      },
    }))
  const pendingSeconds = payments?.pendingSeconds ?? defaultPendingSeconds
  let round: Promise<void> | undefined
  const collect = async () => {
    try {
      await app.jobs.freeAbandoned({ olderThanSeconds: abandonedSeconds })
      if (mail !== undefined) await app.jobs.collectMail({ attempts })
      if (files !== undefined) await app.jobs.collectContracts({ attempts: contractAttempts })
      await app.jobs.collectWebhooks({ sweepSeconds })
      await app.jobs.collectImports({ attempts })
      if (payments !== undefined) await app.jobs.collectPayments({ pendingSeconds })
      await app.jobs.collectHolds({ sweepSeconds: holdSweepSeconds })
    } catch (err) {
      logger.warn({ err }, 'What is due could not be collected')
    }
  }
  const timer = setInterval(() => {
    round ??= collect().finally(() => (round = undefined))
  }, pollMs)
  const close = async () => {
    clearInterval(timer)
    await round
    await Promise.all([mails?.stop(), webhooks.stop(), holds.stop(), imports.stop(), payers?.stop(), contracts?.stop()])
  }
  return { close, [Symbol.asyncDispose]: close }
}

function runnerOptions({ appDatabaseUrl, pollMs = 1_000, logger }: WorkerNeeds, name: string): RunnerOptions {
  return {
    connectionString: appDatabaseUrl,
    maxPoolSize: 4,
    pollInterval: pollMs,
    noHandleSignals: true,
    preset: { plugins: [jobsEnded] },
    logger: new QueueLogger(() => (level, message, meta) => {
      if (level !== 'error') return
      // What follows the first line is a stack, which of an error with a code says nothing that the job's name does not.
      const [queue] = message.split('\n', 1)
      const err = isTenantryError(meta?.error) ? undefined : meta?.error
      logger.warn({ runner: name, queue, err }, 'The queue reports a failure')
    }),
  }
}
