import { createEnv } from '@t3-oss/env-core'
import { keyringTextOf } from '@tenantry/credentials/keyring'
import { paymentVariables } from '@tenantry/crm/payment-variables'
import { TenantryError } from '@tenantry/errors'
import { fileVariables } from '@tenantry/files/variables'
import { mailVariables, webhookVariables } from '@tenantry/worker/variables'
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'

/** What can be configured, with the words of `.env.example`. All optional: what is not set comes from the local demo. */
export const variables = {
  APP_DATABASE_URL: z.string().optional().meta({
    description:
      'The application database. For `pnpm dev`: a superuser of the PostgreSQL server to use instead of own ones.',
  }),
  TENANTRY_KEYS: z.string().optional().meta({
    description: 'Keyring that opens sealed credentials, `k2:<base64>,k1:<base64>`; the first key seals.',
  }),
  TENANTRY_KEYS_FILE: z.string().optional().meta({
    description: 'A file with the same keys in place of TENANTRY_KEYS: one in each line, newest first.',
    example: '/etc/tenantry/keys',
  }),
  TENANTRY_SECRET: z.string().optional().meta({
    description: 'A password for `credentials seal`, which else reads it from standard input.',
    example: '<password>',
  }),
  TENANTRY_SERVERS_FILE: z.string().optional().meta({
    description:
      'A JSON file with the logins of administrators, for commands that make, suspend or remove databases: docs/guides/environment.md shows one. Only its owner may read it. Not set: the servers of the local demo.',
    example: '/etc/tenantry/servers.json',
  }),
  ...fileVariables,
  ...mailVariables,
  ...webhookVariables,
  ...paymentVariables,
  APP_ORIGIN: z
    .string()
    .optional()
    .meta({ description: 'Where people reach the application; links of invitations begin with it.' }),
  TENANTRY_FOLDER: z.string().optional().meta({
    description: 'Where the demo of `pnpm dev` keeps its data. Not set: `.tenantry` in the checkout.',
    example: '/var/lib/tenantry-demo',
  }),
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(3000)
    .meta({ description: 'Where the web application listens when it is started from here.' }),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .meta({ description: 'How much the commands say on standard error.' }),
  NO_COLOR: z.string().optional().meta({
    description: 'Any value switches colours off, https://no-color.org.',
    example: '1',
  }),
}

/** The only reader of the environment. */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  return createEnv({
    server: variables,
    runtimeEnv: { ...source, TENANTRY_KEYS: source['TENANTRY_KEYS'] ?? keysIn(source['TENANTRY_KEYS_FILE']) },
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      const named = issues.map(({ path, message }) => `${path?.map(nameOf).join('.') ?? 'environment'}: ${message}`)
      throw new TenantryError('CONFIGURATION_INVALID', {
        message: `The environment is not valid. ${named.join('. ')}.`,
      })
    },
  })
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

function nameOf(segment: PropertyKey | { key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}

export type Env = ReturnType<typeof readEnv>

/** Our own environment with some variables set, for a process we start. */
export function environmentWith(variables: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...variables }
}
