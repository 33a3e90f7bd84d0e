import { throughAccount } from '../accounts/whose.ts'
import { byAccount } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { contracts } from './table.ts'

export const whoseContracts: Whose = {
  kind: 'contract',
  belonging: byAccount(contracts.accountId, contracts.createdBy),
  through: [throughAccount('contract', contracts)],
}
