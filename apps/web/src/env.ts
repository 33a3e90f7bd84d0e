import { createEnv } from '@t3-oss/env-core'
import { z } from 'zod'

/** The only place of the web application that reads the environment. */
export function readEnv(runtimeEnv: NodeJS.ProcessEnv = process.env) {
  return createEnv({
    server: {
      NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
      APP_DATABASE_URL: z.string().min(1),
      TENANTRY_KEYS: z.string().min(1),
      SESSION_SECRET: z.string().min(32),
      APP_ORIGIN: z.url({ protocol: /^https?$/ }),
      PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
      LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
      TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    },
    runtimeEnv,
    emptyStringAsUndefined: true,
  })
}
