'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

/**
 * Asks before unsaved changes are lost: on a link, on the back and forward buttons, and, in the browser's own words, on
 * closing the tab. Next has no hook for this, so links are caught at the document. The buttons are caught as the
 * navigation API announces them, before anything has moved: at `popstate` Next would have left the page already.
 */
export function UnsavedGuard({ isActive }: { isActive: boolean }) {
  const router = useRouter()
  const [leave, setLeave] = useState<() => void>()
  const isLeaving = useRef(false)
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
    const onMove = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable || isLeaving.current) return
      event.preventDefault()
      const { key } = event.destination
      setLeave(() => () => void window.navigation.traverseTo(key))
    }
    // Older browsers lack it; there the buttons leave without a question.
    const navigation = 'navigation' in window ? window.navigation : undefined
    window.addEventListener('beforeunload', onClose)
    document.addEventListener('click', onClick, { capture: true })
    navigation?.addEventListener('navigate', onMove)
    return () => {
      window.removeEventListener('beforeunload', onClose)
      document.removeEventListener('click', onClick, { capture: true })
      navigation?.removeEventListener('navigate', onMove)
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
