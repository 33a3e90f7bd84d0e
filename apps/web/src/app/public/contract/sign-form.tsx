'use client'

import type { Signature } from '@tenantry/contracts/contracts'
import { Drawing } from '@tenantry/contracts/drawing'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { useId, useState } from 'react'
import { Checkbox } from '../../../components/ui/input.tsx'
import { AgreeButtons, NameField } from '../agree-fields.tsx'
import type { PageWords } from '../words.ts'
import { SignaturePad } from './signature-pad.tsx'

type Kind = Signature['kind']

/** A name or a drawing, and the sentence it agrees to, word for word as it is kept with the signature. */
export function SignForm(props: {
  signerName: string
  consents: PublicContract['consents']
  words: PageWords
  isBusy: boolean
  onSign: (signature: Signature) => void
  onDecline: () => void
}) {
  const { words, isBusy, consents } = props
  const [kind, setKind] = useState<Kind>('typed')
  const [name, setName] = useState('')
  const [drawing, setDrawing] = useState('')
  const [agrees, setAgrees] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const [consentNote, drawingNote] = [useId(), useId()]
  const value = kind === 'typed' ? name.trim() : drawing
  const isMissing = kind === 'typed' ? value === '' : !Drawing.safeParse(value).success
  const isConsentMissing = isTried && !agrees
  const choose = (chosen: Kind) => {
    setKind(chosen)
    // Each kind agrees to a sentence of its own.
    setAgrees(false)
    setDrawing('')
    setIsTried(false)
  }
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setIsTried(true)
        if (!isMissing && agrees) props.onSign({ kind, value, consent: consents[kind] })
      }}
    >
      <p>{words.signHint(props.signerName)}</p>
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
        <legend className="sr-only">{words.sign}</legend>
        {(['typed', 'drawn'] as const).map((each) => (
          <label key={each} className="flex items-center gap-2">
            <input
              type="radio"
              name="signature-kind"
              className="size-4 accent-brand"
              checked={kind === each}
              onChange={() => choose(each)}
            />
            {each === 'typed' ? words.signByName : words.signByHand}
          </label>
        ))}
      </fieldset>
      {kind === 'typed' ? (
        <NameField
          words={words}
          value={name}
          isMissing={isTried && isMissing}
          className="h-11 text-lg italic"
          onChange={setName}
        />
      ) : (
        <div className="grid gap-1">
          <SignaturePad
            words={words}
            isMissing={isTried && isMissing}
            describedBy={isTried && isMissing ? drawingNote : undefined}
            onDraw={setDrawing}
          />
          {isTried && isMissing && (
            <p id={drawingNote} className="text-[13px] text-bad">
              {words.drawingMissing}
            </p>
          )}
        </div>
      )}
      <div className="grid gap-1">
        <label className="flex items-start gap-2.5">
          <Checkbox
            className="mt-0.5"
            checked={agrees}
            aria-invalid={isConsentMissing}
            aria-describedby={isConsentMissing ? consentNote : undefined}
            onChange={(event) => setAgrees(event.target.checked)}
          />
          <span>{consents[kind]}</span>
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
