import { listAddress } from '../../../components/list/list-address.ts'

export const opportunityAddress = listAddress(['updatedAt', 'name', 'amount', 'expectedCloseOn', 'createdAt'], 'desc')
