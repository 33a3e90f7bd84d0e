import { OpportunityId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { OpportunityRecord } from '../opportunity-record.tsx'

export default async function OpportunityPage({ params }: { params: Promise<{ id: string }> }) {
  const id = OpportunityId.safeParse((await params).id)
  if (!id.success) notFound()
  return <OpportunityRecord id={id.data} />
}
