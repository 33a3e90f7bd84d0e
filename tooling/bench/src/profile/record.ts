import { writeFileSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector'

export interface Recording {
  finish(): Promise<void>
}

/** Watches this process' processor from now on; `finish` writes what it saw. Does nothing without a file. */
export async function record(profileTo: string | undefined): Promise<Recording> {
  if (profileTo === undefined) return { finish: async () => undefined }
  const session = new Session()
  session.connect()
  await post(session, 'Profiler.enable')
  await post(session, 'Profiler.setSamplingInterval', { interval: 200 })
  await post(session, 'Profiler.start')
  return {
    async finish() {
      const { profile } = await post<{ profile: Profiler.Profile }>(session, 'Profiler.stop')
      writeFileSync(profileTo, JSON.stringify(profile))
    },
  }
}

function post<Result>(session: Session, method: string, parameters: object = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, result) => {
      // What each method answers is written in the protocol of the inspector.
      if (error === null) resolve(result as Result)
      else reject(error)
    })
  })
}
