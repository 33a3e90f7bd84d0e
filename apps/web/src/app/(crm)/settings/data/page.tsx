import type { Metadata } from 'next'
import { DataSource } from './data-source.tsx'

export const metadata: Metadata = { title: 'Data' }

/** Not fetched on the server: the view runs a connection test, which a page should not wait for. */
export default function DataPage() {
  return <DataSource />
}
