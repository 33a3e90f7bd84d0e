import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const attacks = 'packages/tenant-db/src/search-texts/attacks.test.ts'
const kept = 'packages/tenant-db/src/search-texts/kept.test.ts'
const filters = 'packages/tenant-db/src/records/filters.test.ts'
const keptTest = 'whatever is done to records, in whatever order and taken back or not, the texts are those of the rows'

const shortTexts = 'packages/tenant-db/src/search-texts/short-texts.test.ts'

const found = `where not alone and t.tenant_id = mine and t.source = %1$L and (chr(10)`
const neighbours = String.raw`plain constant text := E'[-a-z0-9 @.+_\\n]'`
const withheld = `execute format('revoke all on crm.identity, crm.search_texts from %I', serving);`
const pinned = `plpgsql stable security definer set search_path = '' set plan_cache_mode`
const exact = `where position(lowered in found.text) > 0`
const limited = `if nullif(current_setting('tenantry.access', true), '') is not null then return null; end if;`
const storedText = `when ((old.tenant_id, old.id, old.search_text, old.deleted_at is null)
        is distinct from (new.tenant_id, new.id, new.search_text, new.deleted_at is null))`

/** Taken from the search, which a function keeps to one tenant. */
export const searchFaults: Fault[] = [
  {
    name: 'search: find texts of every tenant',
    file: newestMigrationWith('tenant-db', found),
    find: found,
    replace: 'where not alone and t.source = %1$L and (chr(10)',
    caughtBy: { file: attacks, test: 'of a text that both tenants have each is given its own records' },
  },
  {
    name: 'search: leave the texts to roles that serve requests',
    file: newestMigrationWith('tenant-db', withheld),
    find: withheld,
    replace: `execute format('revoke all on crm.identity from %I', serving);`,
    caughtBy: { file: attacks, test: 'neither the login that serves nor the one of support can read them' },
  },
  {
    name: 'search: let the session say what the names in its function mean',
    file: newestMigrationWith('tenant-db', pinned),
    find: pinned,
    replace: pinned.replace(`set search_path = '' `, ''),
    caughtBy: {
      file: attacks,
      test: 'what a session sets changes nothing: names of its own, escapes, little memory, other collations',
    },
  },
  {
    name: 'search: find what has the parts of a text, and not the text',
    file: newestMigrationWith('tenant-db', exact),
    find: exact,
    replace: 'where true',
    caughtBy: { file: attacks, test: 'hold nothing of another tenant when asked for percent signs around' },
  },
  {
    name: 'search: find two letters only where a letter or digit follows',
    file: newestMigrationWith('tenant-db', neighbours),
    find: neighbours,
    replace: `plain constant text := '[a-z0-9]'`,
    caughtBy: { file: shortTexts, test: 'finds one letter, two letters and any others exactly where they are' },
  },
  {
    name: 'search: give a limited member what they may not see',
    file: newestMigrationWith('tenant-db', limited),
    find: limited,
    replace: '',
    caughtBy: { file: attacks, test: 'who is limited is given nothing, since some of it may not be theirs to see' },
  },
  {
    name: 'search: keep the text of what was put into the bin',
    file: newestMigrationWith('tenant-db', storedText),
    find: storedText,
    replace: 'when (old.search_text is distinct from new.search_text)',
    caughtBy: { file: kept, test: keptTest },
  },
  {
    name: 'filters: leave the end of a span out of it',
    file: 'packages/tenant-db/src/records/compare.ts',
    find: 'until: (sought) => sql`${value} <= ${sought}`,',
    replace: 'until: (sought) => sql`${value} < ${sought}`,',
    caughtBy: {
      file: filters,
      test: 'the list of each account by createdUntil holds what it asks for, and nothing else',
    },
  },
  {
    name: 'filters: find what has no day in every span that has no end',
    file: 'packages/tenant-db/src/records/compare.ts',
    find: "(${key} >= ${sought} and ${key} < 'infinity')",
    replace: '(${key} >= ${sought})',
    caughtBy: { file: filters, test: 'the list of each invoice by dueFrom holds what it asks for, and nothing else' },
  },
  {
    name: 'search: find nothing where the index leaves it to walking',
    file: 'packages/tenant-db/src/records/text-search.ts',
    find: 'where kept.ids is null and',
    replace: 'where kept.ids is not null and',
    caughtBy: {
      file: 'packages/tenant-db/src/records/search.test.ts',
      test: 'of accounts, a text that very many have is found in any order, page by page, and none of another tenant',
    },
  },
]
