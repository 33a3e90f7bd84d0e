import type { Metadata } from 'next'
import { ContractPage } from './contract-page.tsx'

export const metadata: Metadata = { title: 'Contract' }

export default function Page() {
  return <ContractPage />
}
