'use client'

import { Archive, ArchiveRestore, ChevronRight, Ellipsis, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useMay } from '../shell/use-session.ts'
import { usePageTitle } from '../use-page-title.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, buttonLook } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { RecordActions } from './use-record-actions.ts'

interface RecordPageProps {
  /** The list it belongs to. */
  list: { title: string; href: string }
  editHref: string
  title: string
  badges?: ReactNode
  state: { archivedAt: string | null; deletedAt: string | null }
  actions: Omit<RecordActions<never>, 'announce'>
  children: ReactNode
  timeline: ReactNode
}

/** Where it belongs, title, state and actions above; details beside the timeline. */
export function RecordPage(props: RecordPageProps) {
  const mayWrite = useMay('records.write')
  usePageTitle(props.title)
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid gap-1">
        <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-[13px] text-muted">
          <Link href={props.list.href} className="hover:text-ink hover:underline">
            {props.list.title}
          </Link>
          <ChevronRight aria-hidden className="size-3.5" />
        </nav>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 text-xl font-semibold break-words">{props.title}</h1>
          {props.badges}
          {props.state.archivedAt !== null && <Badge tone="warn">Archived</Badge>}
          {props.state.deletedAt !== null && <Badge tone="bad">Deleted</Badge>}
          {mayWrite && (
            <div className="ml-auto flex gap-2">
              <Actions {...props} />
            </div>
          )}
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 grid-cols-1 gap-5">{props.children}</div>
        <div className="grid min-w-0 grid-cols-1 gap-5">{props.timeline}</div>
      </div>
    </div>
  )
}

function Actions({ actions, state, editHref, list }: RecordPageProps) {
  const router = useRouter()
  if (state.deletedAt !== null) {
    return (
      <Button look="primary" disabled={actions.isBusy} onClick={() => void actions.restore()}>
        <RotateCcw aria-hidden className="size-4" />
        Restore
      </Button>
    )
  }
  return (
    <>
      <Link href={editHref} className={buttonLook({ look: 'primary' })}>
        <Pencil aria-hidden className="size-4" />
        Edit
      </Link>
      <Menu
        trigger={
          <Button size="icon" aria-label="More actions" disabled={actions.isBusy}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        {state.archivedAt === null ? (
          <MenuItem
            icon={<Archive aria-hidden className="size-4 text-muted" />}
            onSelect={() => void actions.archive()}
          >
            Archive
          </MenuItem>
        ) : (
          <MenuItem
            icon={<ArchiveRestore aria-hidden className="size-4 text-muted" />}
            onSelect={() => void actions.unarchive()}
          >
            Take out of the archive
          </MenuItem>
        )}
        <MenuItem
          isDangerous
          icon={<Trash2 aria-hidden className="size-4" />}
          onSelect={() => void actions.remove().then((isDone) => isDone && router.push(list.href))}
        >
          Delete
        </MenuItem>
      </Menu>
    </>
  )
}
