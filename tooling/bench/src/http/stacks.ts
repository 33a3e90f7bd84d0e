import { fileURLToPath } from 'node:url'
import { encode } from 'next-auth/jwt'
import superjson from 'superjson'
import { programEnvironment, type ProgramInput } from '../program-input.ts'
import type { BenchWorld } from '../world.ts'
import { findFreePort } from '@tenantry/local-postgres/free-port'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { usualStackFolder } from './usual-build.ts'

export const stackNames = ['product', 'plain', 'usual'] as const
export type StackName = (typeof stackNames)[number]

/** One contender over HTTP: a process of its own, asked for the same rows in its own words. */
export interface Stack {
  name: StackName
  port: number
  cookie: string
  getPath(id: string): string
  listPath: string
  /** What an answer's body says, without the envelope. */
  dataIn(body: string): unknown
  process: ServerProcess
}

/** `profileTo`: a file for what the server's processor does until it is stopped; only of our own servers. */
export async function startStack(name: StackName, world: BenchWorld, profileTo?: string): Promise<Stack> {
  const port = await findFreePort()
  switch (name) {
    case 'product':
      return {
        name,
        port,
        cookie: world.cookie,
        getPath: (id) => `/api/trpc/accounts.byId?input=${encodeURIComponent(JSON.stringify({ id }))}`,
        listPath: `/api/trpc/accounts.list?input=${encodeURIComponent(JSON.stringify({ limit: 50 }))}`,
        dataIn: dataInResult,
        process: await ownServer('../product/server.ts', { world, port, profileTo }),
      }
    case 'plain':
      return {
        name,
        port,
        // It looks at no cookie, and is sent one as long as the product's.
        cookie: world.cookie,
        getPath: (id) => `/accounts/${id}`,
        listPath: '/accounts',
        dataIn: dataInResult,
        process: await ownServer('../plain/server.ts', { world, port, profileTo }),
      }
    case 'usual':
      return {
        name,
        port,
        cookie: await usualCookie(world),
        getPath: (id) => `/api/accounts/${id}`,
        listPath: '/api/accounts',
        // Through text once more, so that its dates compare with the others' text.
        dataIn: (body) => JSON.parse(JSON.stringify(superjson.parse(body))) as unknown,
        process: await nextServer(world, port),
      }
  }
}

function dataInResult(body: string): unknown {
  return (JSON.parse(body) as { result: { data: unknown } }).result.data
}

function ownServer(file: string, input: ProgramInput & { port: number }): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const environment = programEnvironment(input)
  return startServerProcess({ port: input.port, args: ['--import', 'tsx', path], environment })
}

function nextServer(world: BenchWorld, port: number): Promise<ServerProcess> {
  const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'))
  return startServerProcess({
    port,
    args: [next, 'start', usualStackFolder, '--port', String(port), '--hostname', '127.0.0.1'],
    environment: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: world.rawDatabaseUrl,
      NEXTAUTH_URL: `http://127.0.0.1:${port}`,
      NEXTAUTH_SECRET: world.sessionSecret,
    },
  })
}

async function usualCookie(world: BenchWorld): Promise<string> {
  const { userId: sub, userName: name, userEmail: email, tenantIdInDataSource: tenantId } = world
  const token = await encode({ token: { sub, name, email, tenantId }, secret: world.sessionSecret })
  return `next-auth.session-token=${token}`
}
