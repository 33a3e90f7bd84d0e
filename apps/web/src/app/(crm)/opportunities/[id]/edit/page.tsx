import { OpportunityId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NeedsWriting } from '../../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../../trpc/hydrated.tsx'
import { OpportunityEditorPage } from '../../opportunity-editor.tsx'

export const metadata: Metadata = { title: 'Edit opportunity' }

export default async function EditOpportunityPage({ params }: PageProps<'/opportunities/[id]/edit'>) {
  const id = OpportunityId.safeParse((await params).id)
  if (!id.success) notFound()
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.opportunities.byId.queryOptions({ id: id.data })),
        cache.query(api.customFields.list.queryOptions({ entity: 'opportunity', show: 'all' })),
        cache.query(api.people.list.queryOptions()),
      ]}
    >
      <NeedsWriting>
        <OpportunityEditorPage id={id.data} />
      </NeedsWriting>
    </Hydrated>
  )
}
