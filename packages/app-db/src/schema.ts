/** What drizzle-kit reads. Tables are imported from their own files, never from here. */
export { app } from './app.ts'
export { auditLog } from './audit/table.ts'
export { memberships } from './memberships/table.ts'
export { sessions } from './sessions/table.ts'
export { tenants } from './tenants/table.ts'
export { signInThrottle } from './throttle/table.ts'
export { users } from './users/table.ts'
