import { requestListener } from '@tenantry/web/request-listener'
import { createServer } from 'node:http'
import { record, type Recording } from '../profile/record.ts'
import { readProgramInput } from '../program-input.ts'
import { openProduct } from './runtime.ts'

/** The product's own listener and procedures; only the pages are missing. */
const { world, port, profileTo } = readProgramInput()
const origin = `http://127.0.0.1:${port}`
const runtime = openProduct(world, origin)

const server = createServer(
  requestListener({
    mode: 'production',
    origin,
    trustedProxyHops: 0,
    api: runtime.handleTrpc,
    probes: new Map(),
    files: async (_request, response) => void response.writeHead(404).end(),
    calendar: async (_request, response) => void response.writeHead(404).end(),
    rest: async (_request, response) => void response.writeHead(404).end(),
    inbound: async (_request, response) => void response.writeHead(404).end(),
    pages: async (_request, response) => void response.writeHead(404).end(),
    onFailure: (error) => console.error(error),
  }),
)
let recording: Recording | undefined
// When it has warmed up.
process.once('SIGUSR2', () => void record(profileTo).then((begun) => (recording = begun)))
process.once('SIGTERM', () => void Promise.resolve(recording?.finish()).finally(() => process.exit(0)))
server.listen(port, '127.0.0.1')
