import type { Runtime } from '@tenantry/api/runtime'
import { metricsMediaType } from '@tenantry/telemetry/metrics'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface ProbeNeeds {
  runtime: Pick<Runtime, 'readiness' | 'metricsText'>
  /** Says whether the process was asked to stop. */
  isStopping(): boolean
  /** What a reader of `/metrics` must bring; without one there is no such page. */
  metricsToken: string | undefined
}

type Probe = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What machines ask a process, by path. Answered beside the pages, so that a probe costs no rendering and no session. */
export function probesFor(needs: ProbeNeeds): ReadonlyMap<string, Probe> {
  const { metricsToken } = needs
  const probes = new Map<string, Probe>([
    ['/healthz', async (_, response) => answer(response, 200, 'text/plain', 'ok')],
    ['/readyz', (_, response) => tellReadiness(needs, response)],
  ])
  if (metricsToken !== undefined) {
    const isReader = bearerCheck(metricsToken)
    probes.set('/metrics', async ({ headers }, response) => {
      if (isReader(headers.authorization)) {
        return answer(response, 200, metricsMediaType, await needs.runtime.metricsText())
      }
      response.setHeader('www-authenticate', 'Bearer')
      answer(response, 401, 'text/plain', 'The bearer token is missing or wrong.')
    })
  }
  return new Map([...probes].map(([path, probe]) => [path, onlyAsked(probe)]))
}

async function tellReadiness({ runtime, isStopping }: ProbeNeeds, response: ServerResponse): Promise<void> {
  const { ready, applicationDatabase } = await runtime.readiness()
  const view = { ready: ready && !isStopping(), stopping: isStopping(), applicationDatabase }
  answer(response, view.ready ? 200 : 503, 'application/json', JSON.stringify(view))
}

function onlyAsked(probe: Probe): Probe {
  return async (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return probe(request, response)
    response.setHeader('allow', 'GET, HEAD')
    answer(response, 405, 'text/plain', 'Only GET.')
  }
}

/** Compares digests: neither length nor content of the token shows in the time it takes. */
function bearerCheck(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${token}`)
  return (authorization = '') => timingSafeEqual(digest(authorization), expected)
}

function answer(response: ServerResponse, status: number, mediaType: string, body: string): void {
  response.statusCode = status
  response.setHeader('content-type', mediaType)
  response.end(body)
}
