import type { Metadata } from 'next'
import type { ReactNode } from 'react'

/** For whoever a link was sent to: no sign-in, no way into the application, and nothing for search engines. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' }

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <div className="min-h-dvh bg-sunken px-3 py-6 sm:px-6 sm:py-10">{children}</div>
}
