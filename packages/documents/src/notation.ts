import { formatMinor } from '@tenantry/money/format'
import { isRightToLeft, wordsOf, type Words } from './words.ts'

/** How a document is written: in the sender's language, in the document's currency, in their direction. Safe in a browser. */
export interface Notation {
  locale: string
  words: Words
  direction: 'ltr' | 'rtl'
  money(minor: number): string
  date(localDate: string): string
  instant(at: string): string
  quantity(text: string): string
  percent(ppm: number): string
}

export function notationFor(given: string, currency: string): Notation {
  // The fonts have these digits for every script, with the signs that stand between them.
  const locale = new Intl.Locale(given, { numberingSystem: 'latn' }).toString()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return {
    locale,
    words: wordsOf(locale),
    direction: isRightToLeft(locale) ? 'rtl' : 'ltr',
    money: (minor) => formatMinor(minor, currency, locale),
    // A day of the calendar is the same day everywhere.
    date: (localDate) => date.format(new Date(`${localDate}T00:00:00Z`)),
    instant: (at) => `${date.format(new Date(at))} UTC`,
    quantity: (text) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(text as unknown as number),
    percent: (ppm) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(ppm / 1_000_000),
  }
}
