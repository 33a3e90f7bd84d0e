import type { Metadata } from 'next'
import { QuotePage } from './quote-page.tsx'

export const metadata: Metadata = { title: 'Quote' }

export default function Page() {
  return <QuotePage />
}
