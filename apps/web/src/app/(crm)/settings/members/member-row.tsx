'use client'

import { useMutation } from '@tanstack/react-query'
import type { Member, MemberStatus } from '@tenantry/contracts/tenants'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { Ago } from '../../../../components/ago.tsx'
import { useMay, useSession } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { Menu, MenuItem } from '../../../../components/ui/menu.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { useOutcome } from '../../../../components/use-outcome.ts'
import { memberStatusLabels, optionsOf, roleLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** A member with what may be done about them. Only an owner makes and unmakes owners; nobody changes themselves here. */
export function MemberRow({ member }: { member: Member }) {
  const trpc = useTRPC()
  const { user, tenant } = useSession()
  const [isRemoving, setRemoving] = useState(false)
  const isOwner = tenant?.role === 'owner'
  const mayChange = useMay('members.manage') && member.userId !== user.id && (isOwner || member.role !== 'owner')
  const done = useOutcome(trpc.members.pathFilter(), trpc.people.pathFilter())
  const setRole = useMutation(trpc.members.setRole.mutationOptions(done(`Changed the role of ${member.name}`)))
  const setStatus = useMutation(trpc.members.setStatus.mutationOptions(done(`Changed ${member.name}`)))
  const isBusy = setRole.isPending || setStatus.isPending
  const change = (status: MemberStatus) => setStatus.mutate({ userId: member.userId, status })
  const roles = optionsOf(roleLabels).filter(({ value }) => isOwner || value !== 'owner')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-28">
        <p className="truncate font-medium">
          {member.name}
          {member.userId === user.id && <span className="font-normal text-muted"> (you)</span>}
        </p>
        <p className="truncate text-[13px] text-muted">{member.email}</p>
      </div>
      <p className="hidden text-[13px] text-muted sm:block">
        {member.lastSeenAt === null ? (
          'Never here'
        ) : (
          <>
            Here <Ago instant={member.lastSeenAt} />
          </>
        )}
      </p>
      {member.status === 'suspended' && <Badge tone="warn">{memberStatusLabels.suspended}</Badge>}
      {mayChange && member.status !== 'removed' ? (
        <Select
          aria-label={`Role of ${member.name}`}
          className="h-8 w-32"
          options={roles}
          value={member.role}
          isDisabled={isBusy}
          onChange={(role) => role !== member.role && setRole.mutate({ userId: member.userId, role })}
        />
      ) : (
        <Badge tone={member.status === 'removed' ? 'neutral' : 'brand'}>{roleLabels[member.role]}</Badge>
      )}
      {mayChange && (
        <Menu
          trigger={
            <Button look="quiet" size="smallIcon" aria-label={`Actions for ${member.name}`} disabled={isBusy}>
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          {member.status !== 'active' && <MenuItem onSelect={() => change('active')}>Give access again</MenuItem>}
          {member.status === 'active' && <MenuItem onSelect={() => change('suspended')}>Suspend</MenuItem>}
          {member.status !== 'removed' && (
            <MenuItem isDangerous onSelect={() => setRemoving(true)}>
              Remove
            </MenuItem>
          )}
        </Menu>
      )}
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${member.name}?`}
          description={`${member.name} loses access to ${tenant?.name ?? 'this company'} with the next click. Records keep their name.`}
          confirmLabel="Remove"
          isBusy={isBusy}
          onConfirm={() => {
            change('removed')
            setRemoving(false)
          }}
          onCancel={() => setRemoving(false)}
        />
      )}
    </li>
  )
}
