/** The types of the handles. Types only: outside this package nobody can construct, extend or unwrap a handle. */
export type { Actor } from './actor.ts'
export type { TenantReader } from './reader.ts'
export type { TenantDb } from './writer.ts'
