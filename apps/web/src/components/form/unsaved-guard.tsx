'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

/**
 * Asks before unsaved changes are lost: on a link, on the browser's back button, and, in the browser's own words, on
 * closing the tab. Next has no hook for this, so links are caught at the document and `popstate` before Next's listener.
 */
export function UnsavedGuard({ isActive }: { isActive: boolean }) {
  const router = useRouter()
  const [leave, setLeave] = useState<() => void>()
  const isLeaving = useRef(false)
  // Putting history back makes an event of its own, which is not another attempt to leave.
  const isRestoring = useRef(false)
  useEffect(() => {
    if (!isActive) return
    const onClose = (event: BeforeUnloadEvent) => !isLeaving.current && event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = linkOf(event)
      if (link === undefined) return
      event.preventDefault()
      event.stopPropagation()
      setLeave(() => () => router.push(link))
    }
    const onBack = (event: PopStateEvent) => {
      if (isLeaving.current) return
      event.stopImmediatePropagation()
      if (isRestoring.current) {
        isRestoring.current = false
        return
      }
      isRestoring.current = true
      window.history.forward()
      setLeave(() => () => window.history.back())
    }
    window.addEventListener('beforeunload', onClose)
    document.addEventListener('click', onClick, { capture: true })
    window.addEventListener('popstate', onBack, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', onClose)
      document.removeEventListener('click', onClick, { capture: true })
      window.removeEventListener('popstate', onBack, { capture: true })
    }
  }, [isActive, router])
  if (leave === undefined) return null
  return (
    <ConfirmDialog
      title="Leave without saving?"
      description="What you have changed here will be lost."
      confirmLabel="Leave"
      cancelLabel="Stay"
      onConfirm={() => {
        isLeaving.current = true
        setLeave(undefined)
        leave()
      }}
      onCancel={() => setLeave(undefined)}
    />
  )
}

/** Where an ordinary click on a link of this site leads; undefined for everything that opens elsewhere. */
function linkOf(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.origin !== window.location.origin) return
  return link.pathname + link.search + link.hash
}
