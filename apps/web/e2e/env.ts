import { join } from 'node:path'

export const checkout = join(import.meta.dirname, '..', '..', '..')

/** Of the demo that the tests started, or of this checkout's when they run against one that is there. */
export const demoFolder = process.env.TENANTRY_E2E_FOLDER ?? join(checkout, '.tenantry')

/** For a command on that demo. */
export const demoEnvironment = {
  ...process.env,
  TENANTRY_FOLDER: demoFolder,
  APP_DATABASE_URL: '',
  LOG_LEVEL: 'warn',
}
