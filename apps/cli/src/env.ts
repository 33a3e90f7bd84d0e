import { createEnv } from '@t3-oss/env-core'
import { TenantryError } from '@tenantry/errors'
import { z } from 'zod'

/** The only reader of the environment. Everything is optional here: what is not set comes from the local demo. */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  return createEnv({
    server: {
      /** The application database. For `demo start`: a superuser of the server to use instead of own ones. */
      APP_DATABASE_URL: z.string().optional(),
      /** Keyring that opens sealed credentials, `k2:<base64>,k1:<base64>`; the first key seals. */
      TENANTRY_KEYS: z.string().optional(),
      /** Where the demo keeps its data; default: `.tenantry` in the checkout. */
      TENANTRY_FOLDER: z.string().optional(),
      /** Where the web application listens when it is started from here. */
      PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
      /** Any value switches colours off, https://no-color.org. */
      NO_COLOR: z.string().optional(),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      const named = issues.map(({ path, message }) => `${path?.map(nameOf).join('.') ?? 'environment'}: ${message}`)
      throw new TenantryError('CONFIGURATION_INVALID', {
        message: `The environment is not valid. ${named.join('. ')}.`,
      })
    },
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
