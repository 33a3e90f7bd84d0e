import { createEnv } from '@t3-oss/env-core'
import { keyringTextOf } from '@tenantry/api/keyring-text'
import { TenantryError } from '@tenantry/errors'
import { paymentVariables } from '@tenantry/crm/payment-variables'
import { fileVariables } from '@tenantry/files/variables'
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'

const defaultPagesFolder = '.next'
const makeSecret = 'Make one with: openssl rand -base64 32'
const makeKeys = 'Make a key with: pnpm tenantry keys generate, and write it as k1:<key>'

/** What can be configured, with the words of `.env.example`, which is generated from here. */
export const variables = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development').meta({
    description: 'development compiles pages as they are asked for; production serves what `pnpm build` made.',
  }),
  APP_DATABASE_URL: required(
    'Give the address of the application database: postgres://user:password@host:5432/tenantry',
  ).meta({
    description:
      "The application database, as the application's own role: neither superuser nor owner. TLS is checked unless the address ends in ?sslmode=disable.",
    example: 'postgres://tenantry_app:password@db.example.com:5432/tenantry',
  }),
  TENANTRY_KEYS: required(makeKeys)
    .regex(/^[^:,]+:[^:,]+(,[^:,]+:[^:,]+)*$/, `Write each key as id:base64, separated by commas. ${makeKeys}`)
    .meta({
      description:
        'Keys that open the sealed credentials of tenant databases; the first one seals. Keep them out of the databases and their backups. `pnpm tenantry keys generate` makes one.',
      example: 'k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>',
    }),
  TENANTRY_KEYS_FILE: z.string().optional().meta({
    description:
      'A file with the same keys in place of TENANTRY_KEYS: one in each line, newest first, with remarks behind a #. Only its owner may read it.',
    example: '/etc/tenantry/keys',
  }),
  SESSION_SECRET: required(makeSecret).min(32, `It must have at least 32 characters. ${makeSecret}`).meta({
    description: 'Seals session cookies. Changing it signs everybody out. `openssl rand -base64 32` makes one.',
    example: '<32 or more random characters>',
  }),
  APP_ORIGIN: required('Give the address people type, such as https://crm.example.com')
    .regex(/^https?:\/\/[^/?#\s]+$/, 'Give only scheme, host and port, such as https://crm.example.com')
    .meta({
      description:
        'Where people reach the application. Calls of other origins are refused; https makes cookies secure.',
      example: 'https://crm.example.com',
    }),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000).meta({ description: 'Where the server listens.' }),
  HOST: z.string().optional().meta({
    description: 'Address to listen on. Not set: every one in production, this machine only in development.',
    example: '0.0.0.0',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'fatal, error, warn, info, debug, trace or silent. Lines are JSON on standard output.' }),
  METRICS_TOKEN: z
    .string()
    .min(16, 'It must have at least 16 characters. Make one with: openssl rand -base64 32')
    .optional()
    .meta({
      description:
        'Bearer token that Prometheus brings to read /metrics. Not set: there is no such page. `openssl rand -base64 32` makes one.',
      example: '<16 or more random characters>',
    }),
  METRICS_TENANT_LABELS: z.stringbool().default(false).meta({
    description:
      'true tells tenants apart in the metrics, by their id. That makes thousands of lines with thousands of tenants.',
  }),
  STOP_NOTICE_SECONDS: z.coerce.number().int().min(0).max(600).default(0).meta({
    description:
      'After SIGTERM, how long requests are still served while /readyz already says 503, so that a load balancer takes this process out first. Set it to a little more than the interval of its checks.',
  }),
  ...fileVariables,
  ...paymentVariables,
  REGION: z.string().min(1).optional().meta({
    description:
      'Where this server runs, in the words of the data sources. Reads go to replicas of the same region; not set, everything is read from the primaries.',
    example: 'eu-central',
  }),
  TENANT_SERVER_CONNECTIONS: z.coerce.number().int().min(1).max(10_000).default(100).meta({
    description:
      'Connections to one server of tenant databases, of all processes of this installation together. Keep it below max_connections of that server, and not below the number of processes.',
  }),
  PAGES_FOLDER: z.string().default(defaultPagesFolder).meta({
    description:
      'Where pages are compiled to, below the folder of the web application. Two development servers of one checkout need one each.',
  }),
  IMPORT_MAX_MEGABYTES: z.coerce.number().int().min(1).max(10_000).default(256).meta({
    description:
      'How large a file of rows may be that is imported. Its rows lie in the database of the company until they are thrown away.',
  }),
  INBOUND_MAX_MEGABYTES: z.coerce.number().int().min(1).max(200).default(40).meta({
    description:
      'How large a message may be that a provider delivers, with its files. It is held in memory until its signature is known; all that arrive at a time may take four times this.',
  }),
  WEBHOOK_NETWORKS: z.string().optional().meta({
    description:
      'The same as for the worker, which reaches these networks beside the internet. Set, endpoints for webhooks may be given without TLS; not set, with https alone.',
    example: '10.1.0.0/16,127.0.0.1/32',
  }),
  HEALTH_CHECK_SECONDS: z.coerce.number().int().min(0).max(86_400).default(60).meta({
    description:
      "How often each tenant's database is looked at, a tenth more or less, by one process of all that run. What is found stands in the console, `tenantry tenant list` and /metrics. 0: this process looks at none.",
  }),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0).meta({
    description:
      'How many proxies in front of the server append to X-Forwarded-For. Too low and all people share one address, which throttles their sign-ins together; too high and anybody can invent one.',
  }),
}

/** The only place of the web application that reads the environment. Throws CONFIGURATION_INVALID, which says what to do. */
export function readEnv(runtimeEnv: Record<string, string | undefined> = process.env) {
  return createEnv({
    server: variables,
    runtimeEnv: {
      ...runtimeEnv,
      TENANTRY_KEYS: runtimeEnv['TENANTRY_KEYS'] ?? keysIn(runtimeEnv['TENANTRY_KEYS_FILE']),
    },
    emptyStringAsUndefined: true,
    onValidationError(issues) {
      const lines = issues.map(({ path, message }) => `  ${path?.map(nameOf).join('.') ?? ''}: ${message}`)
      throw new TenantryError('CONFIGURATION_INVALID', {
        message: `The environment is not valid.\n${lines.join('\n')}\n.env.example explains every variable.`,
      })
    },
  })
}

/** Next asks for it before anything has been checked, and when it builds there is nothing else to check. */
export function pagesFolder(): string {
  const folder = process.env['PAGES_FOLDER']
  return folder === undefined || folder === '' ? defaultPagesFolder : folder
}

/** One key in each line. Throws CONFIGURATION_INVALID. */
function keysIn(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined
  try {
    if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0)
      return keyringTextOf(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new TenantryError('CONFIGURATION_INVALID', { message: 'TENANTRY_KEYS_FILE cannot be read.', cause })
  }
  throw new TenantryError('CONFIGURATION_INVALID', {
    message: 'TENANTRY_KEYS_FILE holds keys and may be read by others. Run: chmod 600 on it.',
  })
}

export type Env = ReturnType<typeof readEnv>

/** next-auth knows the site's address only from here, and would send people to port 3000 without it. */
export function tellNextAuth(origin: string): void {
  process.env.NEXTAUTH_URL = origin
}

function required(whatToDo: string) {
  return z.string({ error: ({ input }) => (input === undefined ? `It is missing. ${whatToDo}` : undefined) })
}

function nameOf(segment: PropertyKey | { key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}
