import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { Company } from './company.tsx'

export const metadata: Metadata = { title: 'Company' }

export default function CompanyPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.tenant.settings.queryOptions())]}>
      <Company />
    </Hydrated>
  )
}
