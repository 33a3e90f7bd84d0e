import type { Metadata } from 'next'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { HydratedConsole } from '../../../../trpc/hydrated.tsx'
import { Tenant } from './tenant.tsx'

export async function generateMetadata({ params }: PageProps<'/operator/tenants/[slug]'>): Promise<Metadata> {
  return { title: (await params).slug }
}

export default async function TenantPage({ params }: PageProps<'/operator/tenants/[slug]'>) {
  const { slug } = await params
  return (
    <HydratedConsole
      queries={(api, cache) => [
        cache.query(api.operator.tenant.queryOptions({ slug })),
        cache.query(api.operator.runs.queryOptions({ slug })),
        cache.infiniteQuery(api.operator.audit.infiniteQueryOptions({ slug }, inPages)),
      ]}
    >
      <Tenant slug={slug} />
    </HydratedConsole>
  )
}
