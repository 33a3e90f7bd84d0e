import type {} from 'graphile-worker'

/**
 * A runner that is stopped waits for its jobs, but not until the queue knows that they have ended (graphile-worker 0.17 says
 * so without awaiting it, and closes its connections): the last jobs would stay locked, and nothing be done for their tenants
 * until they count as abandoned. Connections are given out in turn, so what was said before this question has arrived.
 */
export const jobsEnded: GraphileConfig.Plugin = {
  name: 'jobs-ended',
  version: '1.0.0',
  worker: {
    hooks: {
      async stopWorker(_, { withPgClient }) {
        // A database that is away hears of no end; then the jobs are begun anew later, as after a crash.
        await withPgClient((client) => client.query('select')).catch(() => undefined)
      },
    },
  },
}
