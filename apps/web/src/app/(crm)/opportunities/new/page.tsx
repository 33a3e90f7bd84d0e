import { AccountId, ContactId, StageId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { NeedsWriting } from '../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { NewOpportunity } from './new-opportunity.tsx'

export const metadata: Metadata = { title: 'New opportunity' }

/** `?account=…`, `?contact=…` and `?stage=…` start with what is already known. */
export default async function NewOpportunityPage({ searchParams }: PageProps<'/opportunities/new'>) {
  const { account, contact, stage } = await searchParams
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.pipelines.list.queryOptions()),
        cache.query(api.people.list.queryOptions()),
        cache.query(api.customFields.list.queryOptions({ entity: 'opportunity', show: 'all' })),
      ]}
    >
      <NeedsWriting>
        <NewOpportunity
          accountId={AccountId.safeParse(account).data ?? null}
          contactId={ContactId.safeParse(contact).data ?? null}
          stageId={StageId.safeParse(stage).data}
        />
      </NeedsWriting>
    </Hydrated>
  )
}
