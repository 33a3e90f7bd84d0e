/** What a program that imports, or copies, is told. */
export interface ImportInput {
  way: 'import' | 'bare'
  rows: number
  appDatabaseUrl: string
  keys: string
  slug: string
  tenantIdInDataSource: string
  /** The superuser on the tenant's database. */
  adminUrl: string
}

export interface ImportMeasured {
  /** Of the job alone, or of the copy. */
  seconds: number
  /** Until the rows had been taken in; 0 for the copy. */
  uploadSeconds: number
  revertSeconds: number
  peakMb: number
}

const fields = [
  'name',
  'email',
  'phone',
  'industry',
  'billingCity',
  'billingPostalCode',
  'billingCountry',
  'source',
] as const
export const columns = [
  'name',
  'email',
  'phone_e164',
  'industry',
  'billing_city',
  'billing_postal_code',
  'billing_country',
  'source',
] as const

export function* lines(rows: number): Generator<string> {
  for (let n = 0; n < rows; n++) {
    yield [
      `Company ${n} Events`,
      `office${n}@company-${n % 977}.example`,
      `+4930${String(n).padStart(8, '0')}`,
      n % 2 === 0 ? 'Weddings' : 'Corporate',
      `City ${n % 311}`,
      String(10_000 + (n % 89_999)),
      'DE',
      'Fair',
    ].join(',')
  }
}

/** The file as it is sent, in pieces of some kilobytes. */
export async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
  let text = `${fields.join(',')}\n`
  for (const line of lines(rows)) {
    text += `${line}\n`
    if (text.length < 65_536) continue
    yield await Promise.resolve(Buffer.from(text))
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
