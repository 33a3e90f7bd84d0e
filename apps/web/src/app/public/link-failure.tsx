'use client'

import { FileClock, Unlink } from 'lucide-react'
import { Button } from '../../components/ui/button.tsx'
import { codeOf } from '../../trpc/error-code.ts'
import { pageWordsOf } from './words.ts'

/** In the place of a document that is on its way. */
export function Opening() {
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <h1 className="text-base font-normal text-muted">One moment…</h1>
    </main>
  )
}

/**
 * In the place of a document that is not shown. Of a link that is unknown, over, withdrawn or of another kind it says the
 * same, and nothing of any company. Without a document nobody has said which language is theirs but the browser.
 */
export function LinkFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const language = navigator.language
  const words = pageWordsOf(language)
  const code = codeOf(error)
  const isInvalid = error === null || code === 'LINK_NOT_VALID' || code === 'BAD_INPUT'
  const Icon = isInvalid ? Unlink : FileClock
  const hint = code === undefined ? words.unreachable : code === 'TOO_MANY_REQUESTS' ? words.tooMany : words.awayHint
  return (
    <main
      lang={language}
      className="mx-auto grid min-h-[60dvh] max-w-md place-content-center justify-items-center gap-3 text-center"
    >
      <span aria-hidden className="grid size-12 place-items-center rounded-full border border-line bg-card text-muted">
        <Icon className="size-5" />
      </span>
      <h1 className="text-xl font-semibold">{isInvalid ? words.invalid : words.away}</h1>
      <p className="text-pretty text-muted">{isInvalid ? words.invalidHint : hint}</p>
      {!isInvalid && (
        <Button look="primary" className="mt-2" onClick={onRetry}>
          {words.tryAgain}
        </Button>
      )}
    </main>
  )
}
