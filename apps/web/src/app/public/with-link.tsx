'use client'

import type { ReactNode } from 'react'
import { LinkFailure, Opening } from './link-failure.tsx'
import { useLinkToken } from './use-link-token.ts'

/** What a link opens, once the browser has said which one it is. */
export function WithLink({ children }: { children: (token: string) => ReactNode }) {
  const token = useLinkToken()
  if (token === undefined) return <Opening />
  return token === null ? <LinkFailure error={null} onRetry={() => undefined} /> : children(token)
}
