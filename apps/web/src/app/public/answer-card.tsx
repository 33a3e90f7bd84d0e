'use client'

import { useState, type ReactNode } from 'react'
import { ActionFailure } from './action-failure.tsx'
import { DeclineForm } from './decline-form.tsx'
import { ActionCard } from './document-frame.tsx'
import type { PageWords } from './words.ts'

/** Where a customer answers, once: yes, as `children` ask for it, or no in a second step. */
export function AnswerCard(props: {
  title: string
  words: PageWords
  /** Why no answer is taken any more; undefined while one is. */
  whyNot: string | undefined
  isPaused: boolean
  error: { message: string } | null
  isBusy: boolean
  onDecline: (reason: string) => void
  children: (startDeclining: () => void) => ReactNode
}) {
  const { title, words, whyNot } = props
  const [isDeclining, setIsDeclining] = useState(false)
  if (whyNot !== undefined) {
    return (
      <ActionCard title={title}>
        <p className="text-muted">{whyNot}</p>
      </ActionCard>
    )
  }
  if (props.isPaused) return null
  return (
    <ActionCard title={title}>
      <ActionFailure error={props.error} words={words} />
      {isDeclining ? (
        <DeclineForm
          words={words}
          isBusy={props.isBusy}
          onDecline={props.onDecline}
          onBack={() => setIsDeclining(false)}
        />
      ) : (
        props.children(() => setIsDeclining(true))
      )}
    </ActionCard>
  )
}
