'use client'

import { ArrowRight } from 'lucide-react'
import { Button, buttonLook } from '../../components/ui/button.tsx'
import { ActionFailure } from './action-failure.tsx'
import type { PageWords } from './words.ts'

/** The way from one document to the one that follows: an address that is known, or one that is asked for. */
export function NextDocument(props: {
  words: PageWords
  label: string
  address: string | undefined
  isBusy: boolean
  error: { message: string } | null
  /** There is no link to give here. */
  isElsewhere: boolean
  elsewhere: string
  onOpen: () => void
}) {
  if (props.isElsewhere) return <p className="text-muted">{props.elsewhere}</p>
  const arrow = <ArrowRight aria-hidden className="size-4 rtl:rotate-180" />
  return (
    <div className="grid justify-items-start gap-3">
      <ActionFailure error={props.error} words={props.words} />
      {props.address === undefined ? (
        <Button look="primary" disabled={props.isBusy} onClick={props.onOpen}>
          {props.label}
          {arrow}
        </Button>
      ) : (
        <a href={props.address} className={buttonLook({ look: 'primary' })}>
          {props.label}
          {arrow}
        </a>
      )}
    </div>
  )
}
