import { inLanguageOf } from '../languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'

/** What we say in documents, and in the texts that are made for them. */
export interface Words {
  quote: string
  revision: string
  contract: string
  invoice: string
  deposit: string
  credit_note: string
  for: string
  number: string
  issued: string
  validUntil: string
  due: string
  orderNumber: string
  item: string
  quantity: string
  price: string
  amount: string
  discount: string
  subtotal: string
  tax: string
  total: string
  paid: string
  credited: string
  balance: string
  depositDue: string
  options: string
  terms: string
  schedule: string
  signatures: string
  signedOn: string
  notSigned: string
  fingerprint: string
  draft: string
  /** Stands on each page of what counts for nothing any more, and says why. */
  notValid: Record<'declined' | 'superseded' | 'withdrawn' | 'voided' | 'expired' | 'void', string>
  contractAbout: (number: string) => string
  between: (company: string, customer: string, number: string) => string
  when: string
  what: string
  dueWhenSigned: (share: string) => string
  client: string
  depositOn: (share: string, number: string) => string
  less: (line: string) => string
  part: (part: number, parts: number) => string
  rest: string
  page: (page: number, pages: number) => string
}

export function wordsOf(locale: string): Words {
  return inLanguageOf(locale, { en, de, fr, ar })
}
