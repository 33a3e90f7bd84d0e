import { listAddress } from '../../../components/list/list-address.ts'

export const accountAddress = listAddress(['name', 'updatedAt', 'createdAt', 'status', 'city'])
