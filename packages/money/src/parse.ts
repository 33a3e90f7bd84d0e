import { minorDigits } from './format.ts'

/** A number as people write it, and what stands beside it: a code, a symbol or nothing. */
export interface AmountText {
  digits: string
  mark: string
}

/** Why a text is no amount: `ambiguous` has two readings, `too fine` has more decimals than the currency. */
export type AmountProblem = 'unreadable' | 'ambiguous' | 'too fine' | 'too large'

/** `€ 1.234,50` is `1.234,50` beside `€`. Undefined where there is no number. */
export function amountParts(text: string): AmountText | undefined {
  // A price list writes whole amounts as «1.200,-».
  const plain = text.trim().replace(/(?<=\d)[.,][-–—](?=\D*$)/, '')
  const [, before = '', digits, after = ''] = /^([^\d.,]*)(\d(?:[\d.,'’\s]*\d)?)([^\d.,]*)$/u.exec(plain) ?? []
  return digits === undefined ? undefined : { digits, mark: `${before}${after}`.trim() }
}

/**
 * Minor units of what was written with whatever signs for thousands and decimals. One sign with three digits behind it, as
 * in `1.234`, is what the locale says it is; where that makes no amount of the currency, it is `ambiguous`: a guess could be
 * wrong by a factor of a thousand.
 */
export function parseAmount(text: string, currency: string, locale: string): number | AmountProblem {
  const plain = text.replaceAll(/[\s'’]/g, '')
  const digits = minorDigits(currency)
  const sign = decimalSign(plain, digits, locale)
  if (sign === 'ambiguous') return sign
  const at = sign === '' ? plain.length : plain.lastIndexOf(sign)
  const [whole, decimals] = [plain.slice(0, at), plain.slice(at + 1)]
  if (!isGrouped(whole) || !/^\d*$/.test(decimals)) return 'unreadable'
  const fraction = decimals.replace(/0+$/, '')
  if (fraction.length > digits) return 'too fine'
  const minor = Number(whole.replaceAll(/[.,]/g, '') + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : 'too large'
}

/** Which sign the decimals stand behind; empty where there are none. */
function decimalSign(plain: string, digits: number, locale: string): '.' | ',' | '' | 'ambiguous' {
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  if (last === -1) return ''
  const sign = plain[last] === '.' ? '.' : ','
  const isAlone = plain.indexOf(sign) === last
  if (!isAlone) return ''
  const isMixed = plain.includes(sign === '.' ? ',' : '.')
  if (isMixed || plain.length - last - 1 !== 3 || last > 3 || plain.startsWith('0')) return sign
  const { group, decimal } = signsOf(locale)
  if (sign === group) return ''
  return sign === decimal && digits >= 3 ? sign : 'ambiguous'
}

/** Thousands, or as India groups them; the last group has three digits. */
function isGrouped(whole: string): boolean {
  return /^\d+$/.test(whole) || /^\d{1,3}([.,])(?:\d{2,3}\1)*\d{3}$/.test(whole)
}

const known = new Map<string, { group: string; decimal: string }>()

function signsOf(locale: string): { group: string; decimal: string } {
  const cached = known.get(locale)
  if (cached !== undefined) return cached
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1_234_567.8)
  const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  const signs = { group: sign('group'), decimal: sign('decimal') }
  known.set(locale, signs)
  return signs
}
