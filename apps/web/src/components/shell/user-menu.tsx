'use client'

import { useMutation } from '@tanstack/react-query'
import type { SessionView } from '@tenantry/contracts/session'
import { LogOut, MonitorSmartphone, Server } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Menu, MenuChoices, MenuGroup, MenuItem, MenuLink, MenuSeparator } from '../ui/menu.tsx'
import { useAnnounce } from '../ui/toast.tsx'

const themes = [
  { value: 'system', label: 'As the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

/** The signed-in person: look of the page, own sessions, signing out. */
export function UserMenu(props: {
  user: SessionView['user']
  isOperator: boolean
  /** Where they are signed in, in the frame they are in. */
  sessionsHref?: string
}) {
  const { user } = props
  const trpc = useTRPC()
  const announce = useAnnounce()
  const { theme, setTheme } = useTheme()
  const [isAsking, setAsking] = useState(false)
  const leaving = {
    onSuccess: () => window.location.assign('/sign-in'),
    onError: () => announce({ tone: 'bad', title: 'Signing out did not work', detail: 'Try again in a moment.' }),
  }
  const leave = useMutation(trpc.session.signOut.mutationOptions(leaving))
  const leaveEverywhere = useMutation(trpc.session.signOutEverywhere.mutationOptions(leaving))
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Your menu, ${user.name}`}
            className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken data-popup-open:bg-sunken"
          >
            <span
              aria-hidden
              className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-xs font-semibold text-muted"
            >
              {initialsOf(user.name)}
            </span>
            <span className="hidden min-w-0 flex-1 md:block">
              <span className="block truncate leading-tight font-medium">{user.name}</span>
              <span className="block truncate text-xs leading-tight text-muted">{user.email}</span>
            </span>
          </button>
        }
      >
        <MenuChoices
          label="Look"
          value={themes.find((one) => one.value === theme)?.value}
          choices={themes}
          onChange={setTheme}
        />
        <MenuSeparator />
        <MenuGroup label="Session">
          {props.isOperator && (
            <MenuLink href="/operator" icon={<Server aria-hidden className="size-4 text-muted" />}>
              Operator console
            </MenuLink>
          )}
          <MenuLink
            href={props.sessionsHref ?? '/settings/sessions'}
            icon={<MonitorSmartphone aria-hidden className="size-4 text-muted" />}
          >
            Where you are signed in
          </MenuLink>
          <MenuItem icon={<LogOut aria-hidden className="size-4 text-muted" />} onSelect={() => leave.mutate()}>
            Sign out
          </MenuItem>
          <MenuItem icon={<LogOut aria-hidden className="size-4" />} isDangerous onSelect={() => setAsking(true)}>
            Sign out everywhere
          </MenuItem>
        </MenuGroup>
      </Menu>
      {isAsking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          description="Every browser and device you are signed in on, this one too, has to sign in again."
          confirmLabel="Sign out everywhere"
          isBusy={leaveEverywhere.isPending}
          onConfirm={() => leaveEverywhere.mutate()}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return `${words[0]?.charAt(0) ?? ''}${last?.charAt(0) ?? ''}`.toUpperCase()
}
