import type { Metadata } from 'next'
import { NewAccount } from './new-account.tsx'

export const metadata: Metadata = { title: 'New account' }

export default function NewAccountPage() {
  return <NewAccount />
}
