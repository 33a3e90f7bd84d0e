/** The types of the handles. Types only: outside this package nobody can construct, extend or unwrap a handle. */
export type { Actor } from './actor.ts'
export type { TenantReader } from './reader.ts'
export type { TenantDb } from './writer.ts'
export type { AccountsReader, AccountsWriter } from './accounts/repository.ts'
export type { ChangesReader } from './changes/repository.ts'
export type { Identity, IdentityReader } from './identity/repository.ts'
export type { MemberRef, MemberRefsReader, MemberRefsWriter } from './member-refs/repository.ts'
