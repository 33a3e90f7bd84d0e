import { throughAccount } from '../accounts/whose.ts'
import { byAccount } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { quotes } from './table.ts'

export const whoseQuotes: Whose = {
  kind: 'quote',
  belonging: byAccount(quotes.accountId, quotes.createdBy),
  through: [throughAccount('quote', quotes)],
}
