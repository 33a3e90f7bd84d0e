'use client'

import { useId, useState } from 'react'
import { Checkbox } from '../../../components/ui/input.tsx'
import { AgreeButtons, NameField } from '../agree-fields.tsx'
import type { PageWords } from '../words.ts'

/** A typed name and the sentence it agrees to, word for word as it is kept with the signature. */
export function SignForm(props: {
  signerName: string
  words: PageWords
  isBusy: boolean
  onSign: (name: string) => void
  onDecline: () => void
}) {
  const { words, isBusy } = props
  const [name, setName] = useState('')
  const [agrees, setAgrees] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const consentNote = useId()
  const isNameMissing = isTried && name.trim() === ''
  const isConsentMissing = isTried && !agrees
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setIsTried(true)
        if (name.trim() !== '' && agrees) props.onSign(name)
      }}
    >
      <p>{words.signHint(props.signerName)}</p>
      <NameField
        words={words}
        value={name}
        isMissing={isNameMissing}
        className="h-11 text-lg italic"
        onChange={setName}
      />
      <div className="grid gap-1">
        <label className="flex items-start gap-2.5">
          <Checkbox
            className="mt-0.5"
            checked={agrees}
            aria-invalid={isConsentMissing}
            aria-describedby={isConsentMissing ? consentNote : undefined}
            onChange={(event) => setAgrees(event.target.checked)}
          />
          <span>{words.consent}</span>
        </label>
        {isConsentMissing && (
          <p id={consentNote} className="text-[13px] text-bad">
            {words.consentMissing}
          </p>
        )}
      </div>
      <AgreeButtons words={words} label={words.signButton} isBusy={isBusy} onDecline={props.onDecline} />
    </form>
  )
}
