import type { Fault } from '../fault.ts'

const links = 'packages/api/src/public/public.test.ts'
const documents = 'packages/api/src/files/documents.test.ts'
const calendars = 'packages/api/src/calendar/calendar.test.ts'
const queue = {
  file: 'packages/documents/src/drawing-queue.test.ts',
  test: 'drawings follow one another, and a place is free again when one is made or could not be',
}

/** Taken from what is opened by a secret and no sign-in: public links, their PDFs, calendars. */
export const linkFaults: Fault[] = [
  {
    name: 'links: forget when a link is over',
    file: 'packages/app-db/src/public-links/repository.ts',
    find: 'gt(publicLinks.expiresAt, sql`now()`),',
    replace: '',
    caughtBy: {
      file: links,
      test: 'a link is over when its time is, when a newer one was made, and when the company is closed',
    },
  },
  {
    name: 'links: write the invoices of every company in English',
    file: 'packages/crm/src/contracts/sign-contract.ts',
    find: 'const notation = notationFor(locale, currency)',
    replace: "const notation = notationFor('en', currency)",
    caughtBy: {
      file: 'packages/crm/src/documents/language.test.ts',
      test: 'a customer of a company in de-DE reads contract, invoices and mail in its language, with its days and amounts',
    },
  },
  {
    name: 'links: let both databases know a link by one hash',
    file: 'packages/api/src/public/link-token.ts',
    find: "hash('tenant database', token)",
    replace: "hash('application database', token)",
    caughtBy: { file: links, test: 'neither database holds a token, nor the hash by which the other knows it' },
  },
  {
    name: 'links: lead whoever has a quote to whoever signs',
    file: 'packages/api/src/public/next-document.ts',
    find: 'if (addressee === undefined || !isSamePerson(signer, addressee)) return null',
    replace: 'if (addressee === undefined) return null',
    caughtBy: {
      file: links,
      test: 'a quote that is passed on opens no contract that somebody else signs, nor one that several sign',
    },
  },
  {
    name: 'links: take a token from an address',
    file: 'packages/api/src/http/handler.ts',
    find: "return method === (permission === 'link' ? 'mutation' : type)",
    replace: "return method === type || permission === 'link'",
    caughtBy: { file: documents, test: 'no address takes a token, which would stand in logs' },
  },
  {
    name: 'links: choose lines of other quotes',
    file: 'packages/tenant-db/src/quotes/choose-lines.ts',
    find: 'if (chosen.some((id) => !options.has(id)))',
    replace: 'if (chosen.length > lines.length)',
    caughtBy: {
      file: 'packages/crm/src/quotes/accept-quote.test.ts',
      test: 'lines of other quotes and companies cannot be chosen, nor one that everybody pays for, nor nothing at all',
    },
  },
  {
    name: 'links: keep the hash of what was offered for what was chosen',
    file: 'packages/tenant-db/src/quotes/write-quote.ts',
    find: 'if (lines) await rememberContent(executor, accepted)',
    replace: '',
    caughtBy: {
      file: 'packages/crm/src/quotes/accept-quote.test.ts',
      test: 'what a customer chooses is what is accepted, signed and invoiced, and what the hash is of',
    },
  },
  {
    name: 'links: draw the PDF of a link as often as it is asked for',
    file: 'packages/api/src/public/take-drawing.ts',
    find: 'most: drawingsPerLink',
    replace: 'most: Number.MAX_SAFE_INTEGER',
    caughtBy: {
      file: documents,
      test: 'the PDF of one link is drawn twenty times in a minute, whatever becomes of the next one',
    },
  },
  {
    name: 'links: draw for the public in the places of the company’s people',
    file: 'packages/api/src/files/answer-pdf.ts',
    find: 'renderDocument(view, reader)',
    replace: "renderDocument(view, reader === 'public' ? 'staff' : reader)",
    caughtBy: {
      file: documents,
      test: 'while customers have many documents drawn, one more waits its turn outside, and people of the company do not',
    },
  },
  {
    name: 'documents: draw all at once',
    file: 'packages/documents/src/drawing-queue.ts',
    find: 'this.#last.then(() => requestsBetween()).then(work)',
    replace: 'requestsBetween().then(work)',
    caughtBy: queue,
  },
  {
    name: 'documents: keep the place of one that could not be drawn',
    file: 'packages/documents/src/drawing-queue.ts',
    find: '    } finally {\n      this.#taken[reader]--\n    }',
    replace: '    } finally {\n      if (await made.catch(() => undefined)) this.#taken[reader]--\n    }',
    caughtBy: queue,
  },
  {
    name: 'calendars: show a member what they may not see',
    file: 'packages/app-db/src/calendar-feeds/resolve.ts',
    find: 'limits: limitsIn(row),',
    replace: 'limits: null,',
    caughtBy: {
      file: calendars,
      test: 'a member’s calendar shows what they may see, the company’s all of it, and neither a day of another company',
    },
  },
  {
    name: 'calendars: let a feed come back with its member',
    file: 'packages/app-db/src/memberships/repository.ts',
    find: "if (after.status === 'removed') await endFeedsOf(tx, tenantId, userId)",
    replace: '',
    caughtBy: {
      file: calendars,
      test: 'an address ends when it is replaced or revoked, and a member’s with their membership, for good',
    },
  },
  {
    name: 'calendars: tell the second of two hours by its time on the wall',
    file: 'packages/api/src/calendar/calendar-text.ts',
    find: 'return first.epochNanoseconds === time.epochNanoseconds',
    replace: 'return first.epochNanoseconds !== undefined',
    caughtBy: {
      file: calendars,
      test: 'a calendar of alder shows each day at its instant in the zone of its venue, also on the nights when clocks change',
    },
  },
  {
    name: 'calendars: write down what was asked for when it fails',
    file: 'packages/api/src/calendar/handler.ts',
    find: "logger.warn({ requestId, code: error.code, err: error }, 'A calendar could not be served')",
    replace: "logger.warn({ requestId, asked: request.url, err: error }, 'A calendar could not be served')",
    caughtBy: {
      file: calendars,
      test: 'no log line, no answer and no database holds a token, also when the calendar fails or is read too often',
    },
  },
]
