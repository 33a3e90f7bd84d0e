import { useEffect } from 'react'

/** Puts what the page is about into the title of the tab, which the server could only name by its kind. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tenantry`
  }, [title])
}
