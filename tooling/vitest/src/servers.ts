import { inject } from 'vitest'

/** Where a test server listens, and its superuser. */
export interface ServerAddress {
  host: string
  port: number
  user: string
  password: string
}

declare module 'vitest' {
  interface ProvidedContext {
    mainServer: ServerAddress
    elsewhereServer: ServerAddress
  }
}

/** The server most tests make their databases on. It is shared by all test files: never stop or freeze it. */
export function mainServer(): ServerAddress {
  return inject('mainServer')
}

/** A second server, for what needs two: dedicated tenants, wrong addresses, moves. Shared like the first. */
export function elsewhereServer(): ServerAddress {
  return inject('elsewhereServer')
}
