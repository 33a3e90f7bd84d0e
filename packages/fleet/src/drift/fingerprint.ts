import type { AdminRun } from '@tenantry/connections/admin'
import { catalogueQuery } from './catalogue-query.ts'
import { roleQuery } from './role-query.ts'

/** What a database's schema is, in two hashes' worth: equal for healthy databases of one version, whoever lives there. */
export interface Fingerprint {
  /** Of every object and its definition. */
  catalogue: string
  /** Of the rights of each kind of role, without names; ascending. */
  roles: string[]
}

/** Some 50 ms of the server's processor on a new connection, and one short answer. Empty strings for a database without the schema. */
export async function readFingerprint(run: AdminRun): Promise<Fingerprint> {
  const [found] = await run<{ catalogue: string | null; roles: string[] | null }>(fingerprintQuestion)
  return { catalogue: found?.catalogue ?? '', roles: found?.roles ?? [] }
}

/** One thing of the schema. Two databases agree on it when their definitions are equal. */
export type CatalogueItem = {
  kind: string
  name: string
  definition: unknown
}

export type RoleRights = {
  role: string
  may: string[]
}

export interface Catalogue {
  items: CatalogueItem[]
  roles: RoleRights[]
  /** Name of the owner role. */
  owner: string
}

/** The same in full: some thousand rows, for a database whose fingerprint is not as it should be. */
export async function readCatalogue(run: AdminRun): Promise<Catalogue> {
  const items = await run<CatalogueItem>(`${alone} ${catalogueQuery} order by kind collate "C", name collate "C"`)
  const roles = await run<RoleRights>(`${alone} ${roleQuery} order by role`)
  const [found] = await run<{ owner: string }>(
    `select pg_get_userbyid(nspowner)::text as owner from pg_namespace where nspname = 'crm'`,
  )
  return { items, roles, owner: found?.owner ?? '' }
}

/** For the one statement that follows in the same script. */
const alone = 'set local search_path = pg_catalog;'

const fingerprintQuestion = `${alone}
  select
    (select md5(string_agg(concat_ws(' ', kind, name, definition), e'\\n' order by kind collate "C", name collate "C"))
      from (${catalogueQuery}) c) as catalogue,
    (select jsonb_agg(distinct md5(may::text)) from (${roleQuery}) r) as roles`
