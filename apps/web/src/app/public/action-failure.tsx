'use client'

import { Banner } from '../../components/ui/banner.tsx'
import { codeOf } from '../../trpc/error-code.ts'
import type { PageWords } from './words.ts'

/** Why an answer was not taken. A rule says in its own words what is in the way. */
export function ActionFailure({ error, words }: { error: { message: string } | null; words: PageWords }) {
  if (error === null) return null
  const code = codeOf(error)
  if (code === 'RULE_VIOLATED' || code === 'CONFLICT') {
    return (
      <Banner tone="bad" title={words.failed}>
        <p lang="en">{error.message}</p>
      </Banner>
    )
  }
  return <Banner tone="bad" title={sentenceFor(code, words)} />
}

function sentenceFor(code: ReturnType<typeof codeOf>, words: PageWords): string {
  if (code === undefined) return words.unreachable
  if (code === 'TOO_MANY_REQUESTS') return words.tooMany
  if (code === 'LINK_NOT_VALID') return words.invalid
  return code === 'PAYMENT_PROVIDER_FAILED' ? words.payUnknown : `${words.failed} ${words.awayHint}`
}
