import { formatMinor } from '@tenantry/money/format'
import { isRightToLeft } from './languages.ts'
import { wordsOf, type Words } from './words/words.ts'

/** How a document is written: in the sender's language, in the document's currency, in their direction. Safe in a browser. */
export interface Notation {
  locale: string
  words: Words
  direction: 'ltr' | 'rtl'
  money(minor: number): string
  date(localDate: string): string
  /** A time of the day on a clock on the wall, such as `18:00`. */
  time(localTime: string): string
  /** What people call the time of a zone. */
  zone(timeZone: string): string
  instant(at: string): string
  quantity(text: string): string
  percent(ppm: number): string
  /** What a signer is: whoever is what signers are unless somebody says otherwise is it in the reader's language. */
  role(text: string): string
}

export function notationFor(given: string, currency: string): Notation {
  // The fonts have these digits for every script, with the signs that stand between them.
  const locale = new Intl.Locale(given, { numberingSystem: 'latn' }).toString()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const words = wordsOf(locale)
  return {
    locale,
    words,
    direction: isRightToLeft(locale) ? 'rtl' : 'ltr',
    money: (minor) => formatMinor(minor, currency, locale),
    // A day of the calendar is the same day everywhere.
    date: (localDate) => date.format(new Date(`${localDate}T00:00:00Z`)),
    time: (localTime) => time.format(new Date(`1970-01-01T${localTime}Z`)),
    zone: (timeZone) => zoneName(locale, timeZone),
    instant: (at) => `${date.format(new Date(at))} UTC`,
    quantity: (text) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(text as unknown as number),
    percent: (ppm) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(ppm / 1_000_000),
    role: (text) => (text === 'client' ? words.client : text),
  }
}

function zoneName(locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
  return format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
