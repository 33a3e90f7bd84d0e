import { useEffect } from 'react'

/** Leads somebody whose session is over to the sign-in page, and from there back to where they are. */
export function useSignInAgain(isSignedOut: boolean): void {
  useEffect(() => {
    if (!isSignedOut) return
    const here = window.location.pathname + window.location.search
    window.location.assign(`/sign-in?from=${encodeURIComponent(here)}`)
  }, [isSignedOut])
}
