import { callAsOperator } from '@tenantry/api/operator'
import { openLogger } from '@tenantry/telemetry/logger'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'

const logger = openLogger({ level: 'silent' })

/** For proofs of the worker: a company in a database that can be shared, and one that has its own on another server. */
export function createWorkerWorld(): Promise<World<'alder' | 'cypress'>> {
  return createWorld(mainServer(), {
    alder: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
}

/** Calls a procedure in a company as an operator does; what it answers with is for the caller to know. */
export async function callIn<T, Slug extends string>(
  { app, dataSources, keyring }: World<Slug>,
  slug: Slug,
  path: string,
  input: unknown,
  { allowsPlainWebhooks }: { allowsPlainWebhooks?: true } = {},
): Promise<T> {
  const planes = {
    appDb: app.db,
    grants: app.grants,
    dataSources,
    keyring,
    logger,
    ...(allowsPlainWebhooks && { allowsPlainWebhooks }),
  }
  return (await callAsOperator(planes, { operatorName: 'tests', slug, path, input })) as T
}
