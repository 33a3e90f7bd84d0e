import type { AppDb } from './planes.ts'

/** What a query may ask the application database: the questions of its repositories, none of their changes. */
export interface AppReader {
  readonly apiKeys: Pick<AppDb['apiKeys'], 'list'>
  readonly calendarFeeds: Pick<AppDb['calendarFeeds'], 'list'>
  readonly memberships: Pick<AppDb['memberships'], 'list'>
  readonly recordAccess: Pick<AppDb['recordAccess'], 'settings'>
  readonly tenants: Pick<AppDb['tenants'], 'settings'>
  readonly audit: Pick<AppDb['audit'], 'list'>
  readonly supportAccess: Pick<AppDb['supportAccess'], 'list' | 'live'>
}

/** Holds the methods themselves and not the repositories, so that nothing else is there at run time either. */
export function appReader(appDb: AppDb): AppReader {
  const { apiKeys, calendarFeeds, memberships, recordAccess, tenants, audit, supportAccess } = appDb
  return {
    apiKeys: { list: (grant) => apiKeys.list(grant) },
    calendarFeeds: { list: (grant) => calendarFeeds.list(grant) },
    memberships: { list: (grant) => memberships.list(grant) },
    recordAccess: { settings: (grant) => recordAccess.settings(grant) },
    tenants: { settings: (grant) => tenants.settings(grant) },
    audit: { list: (grant, query) => audit.list(grant, query) },
    supportAccess: { list: (grant) => supportAccess.list(grant), live: (grant) => supportAccess.live(grant) },
  }
}
