import { drawingBox } from '@tenantry/contracts/drawing'

/** The strokes of a drawing, in dark ink on whatever is behind. */
export function DrawnSignature({ drawing, className }: { drawing: string; className: string }) {
  return (
    <svg aria-hidden viewBox={`0 0 ${drawingBox.width} ${drawingBox.height}`} className={className}>
      <path d={drawing} fill="none" stroke="#1a1f2b" strokeWidth={4} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
