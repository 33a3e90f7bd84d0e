/** Money of a currency in a locale: `minor` is cents for USD and whole yen for JPY. */
export function formatMoney(minor: number, currency: string, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** minorDigits(currency))
}

/** Without decimals, where there is little room: a column of a board. */
export function formatRoundMoney(minor: number, currency: string, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
  return format.format(minor / 10 ** minorDigits(currency))
}

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** A plain number for a field: `1250.50` of 125,050 cents. */
export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  return (minor / 10 ** digits).toFixed(digits)
}

/**
 * What was typed as minor units; undefined for what is no amount. The last of `.` and `,` is the decimal sign when at most
 * as many digits follow as the currency has, else both only group thousands.
 */
export function parseMoney(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency)
  const plain = text.replaceAll(/[\s'’_]/g, '')
  const decimal = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const tail = decimal === -1 ? '' : plain.slice(decimal + 1)
  const isDecimal = decimal !== -1 && tail.length <= digits
  const whole = (isDecimal ? plain.slice(0, decimal) : plain).replaceAll(/[.,]/g, '')
  if (!/^[0-9]+$/.test(whole) || !/^[0-9]*$/.test(tail)) return undefined
  const minor = Number(whole + (isDecimal ? tail : '').padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : undefined
}
