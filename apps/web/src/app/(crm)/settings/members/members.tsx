'use client'

import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { AddMemberDialog } from './add-member-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { RoleTable } from './role-table.tsx'

export function Members() {
  const trpc = useTRPC()
  const mayManage = useMay('members.manage')
  const [isAdding, setAdding] = useState(false)
  const members = useQuery(trpc.members.list.queryOptions())
  if (members.data === undefined) {
    return members.error === null ? (
      <SkeletonRows />
    ) : (
      <Failure error={members.error} onRetry={() => void members.refetch()} />
    )
  }
  const present = members.data.filter((member) => member.status !== 'removed')
  const former = members.data.filter((member) => member.status === 'removed')
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card
        title="Members"
        count={present.length}
        className="p-0"
        action={
          mayManage && (
            <Button size="small" look="primary" onClick={() => setAdding(true)}>
              <UserPlus aria-hidden className="size-4" />
              Add member
            </Button>
          )
        }
      >
        <ul className="divide-y divide-line">
          {present.map((member) => (
            <MemberRow key={member.userId} member={member} />
          ))}
        </ul>
      </Card>
      {former.length > 0 && (
        <Card title="Former members" count={former.length} className="p-0">
          <ul className="divide-y divide-line">
            {former.map((member) => (
              <MemberRow key={member.userId} member={member} />
            ))}
          </ul>
        </Card>
      )}
      <RoleTable />
      {isAdding && <AddMemberDialog onClose={() => setAdding(false)} />}
    </div>
  )
}
