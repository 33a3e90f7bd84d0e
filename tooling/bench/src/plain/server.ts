import { createServer } from 'node:http'
import { readProgramInput } from '../program-input.ts'
import { openRaw } from './accounts.ts'

/** Next to nothing: node:http and one prepared statement. No session, no validation, no row security. */
const { world, port } = readProgramInput()
const raw = openRaw(world.rawDatabaseUrl, world.tenantIdInDataSource)

createServer((request, response) => {
  const id = request.url?.split('/', 3)[2]
  const answering = id === undefined ? raw.list(50) : raw.byId(id)
  answering.then(
    (data) => {
      const body = JSON.stringify({ result: { data } })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    },
    (error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    },
  )
}).listen(port, '127.0.0.1')
