'use client'

import { drawingBox, drawingOf, type Point } from '@tenantry/contracts/drawing'
import { useRef, useState, type PointerEvent } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import type { PageWords } from '../words.ts'
import { DrawnSignature } from './drawn-signature.tsx'

/** Where a signature is drawn. Whoever has no pointer types their name instead. */
export function SignaturePad(props: {
  words: PageWords
  isMissing: boolean
  describedBy: string | undefined
  onDraw: (drawing: string) => void
}) {
  const { words, isMissing } = props
  const [strokes, setStrokes] = useState<readonly (readonly Point[])[]>([])
  const isDown = useRef(false)
  const show = (drawn: readonly (readonly Point[])[]) => {
    setStrokes(drawn)
    props.onDraw(drawingOf(drawn))
  }
  const begin = (event: PointerEvent<HTMLFieldSetElement>) => {
    isDown.current = true
    event.currentTarget.setPointerCapture(event.pointerId)
    show([...strokes, [pointAt(event)]])
  }
  const goOn = (event: PointerEvent<HTMLFieldSetElement>) => {
    if (isDown.current) show([...strokes.slice(0, -1), [...(strokes.at(-1) ?? []), pointAt(event)]])
  }
  const end = () => {
    isDown.current = false
  }
  return (
    <div className="grid justify-items-start gap-2">
      <fieldset
        aria-label={words.drawHere}
        aria-describedby={props.describedBy}
        className={`relative aspect-3/1 min-w-0 w-full max-w-xl touch-none rounded-lg border bg-white ${isMissing ? 'border-bad' : 'border-line'}`}
        onPointerDown={begin}
        onPointerMove={goOn}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {strokes.length === 0 ? (
          <p className="pointer-events-none absolute inset-0 grid place-items-center px-4 text-center text-[13px] text-[#5b6472]">
            {words.drawHere}
          </p>
        ) : (
          <DrawnSignature drawing={drawingOf(strokes)} className="size-full" />
        )}
      </fieldset>
      <Button look="quiet" disabled={strokes.length === 0} onClick={() => show([])}>
        {words.drawAgain}
      </Button>
    </div>
  )
}

function pointAt({ clientX, clientY, currentTarget }: PointerEvent<HTMLFieldSetElement>): Point {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  return { x: ((clientX - left) / width) * drawingBox.width, y: ((clientY - top) / height) * drawingBox.height }
}
