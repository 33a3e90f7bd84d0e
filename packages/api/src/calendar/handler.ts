import { CalendarToken } from '@tenantry/contracts/calendar-feeds'
import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { translateError } from '../errors/translate.ts'
import { failure, send } from '../http/answers.ts'
import type { AppDb, CalendarDate, DataSources, Logger, OpenedFeed } from '../planes.ts'
import { calendarText } from './calendar-text.ts'
import { takeReading } from './take-reading.ts'

export interface CalendarHandlerNeeds {
  appDb: Pick<AppDb, 'calendarFeeds' | 'signInThrottle'>
  dataSources: DataSources
  logger: Logger
}

/** A calendar shows what has been for a year, and all that is to come, up to this many days: two megabytes. */
const mostDates = 5000
const yearMs = 366 * 86_400_000

/**
 * `GET /api/calendar/<token>.ics`, for calendars, which can send nothing but an address. The token in it is the one resolver
 * from a feed to a company: it ends in a grant that only reads, with the limits of the member whose feed it is. The address is
 * written down nowhere, so no log line of this process names one. The promise never rejects.
 */
export function createCalendarHandler({ appDb, dataSources, logger }: CalendarHandlerNeeds) {
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new TenantryError('METHOD_NOT_ALLOWED')
      const opened = await openFeed(appDb, request, requestId)
      await takeReading(appDb, opened.feed.id)
      const from = new Date(Date.now() - yearMs).toISOString()
      const dates = await dataSources.withTenant(opened.grant, (db) =>
        db.eventDates.calendar({ from, limit: mostDates }),
      )
      sendCalendar(response, requestId, { opened, dates })
      if (opened.feed.isDueToBeNoted) await appDb.calendarFeeds.touch(opened.feed.id)
    } catch (thrown) {
      const error = translateError(thrown)
      if (error.status >= 500)
        logger.warn({ requestId, code: error.code, err: error }, 'A calendar could not be served')
      if (!response.headersSent) send(response, requestId, failure(error, requestId))
    }
  }
}

async function openFeed(
  appDb: Pick<AppDb, 'calendarFeeds'>,
  { url = '' }: IncomingMessage,
  requestId: string,
): Promise<OpenedFeed> {
  const [, named] = /^\/api\/calendar\/([^/?]+)\.ics(?:\?.*)?$/.exec(url) ?? []
  const token = CalendarToken.safeParse(named).data
  const opened = token === undefined ? undefined : await appDb.calendarFeeds.open(token, { requestId })
  if (opened === undefined) throw new TenantryError('LINK_NOT_VALID')
  return opened
}

function sendCalendar(
  response: ServerResponse,
  requestId: string,
  { opened, dates }: { opened: OpenedFeed; dates: readonly CalendarDate[] },
): void {
  const body = Buffer.from(calendarText({ name: `${opened.tenantName}: ${opened.feed.name}`, dates }))
  response.writeHead(200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-length': body.length,
    'content-disposition': 'inline; filename="events.ics"',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    'x-request-id': requestId,
  })
  response.end(body)
}
