import { listAddress } from '../../../components/list/list-address.ts'

export const contactAddress = listAddress(['name', 'updatedAt', 'createdAt'])
