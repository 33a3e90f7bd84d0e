import { useRouter } from 'next/navigation'
import { useCallback } from 'react'

/**
 * Leaves a form for the page it belongs to. When that page is the one before in the history, it goes back to it, so that
 * the back button does not lead through the same page twice; else the form is replaced by it.
 */
export function useReturnTo(href: string): () => void {
  const router = useRouter()
  return useCallback(() => {
    if (pathBefore() === href) router.back()
    else router.replace(href)
  }, [router, href])
}

function pathBefore(): string | undefined {
  // Browsers without the navigation API do not tell.
  if (!('navigation' in window)) return undefined
  const { currentEntry } = window.navigation
  const before = currentEntry && window.navigation.entries()[currentEntry.index - 1]
  return before?.url ? new URL(before.url).pathname : undefined
}
