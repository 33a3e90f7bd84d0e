import { z } from 'zod'

/** What a signature is drawn in; the units have no size of their own. */
export const drawingBox = { width: 600, height: 200 } as const

/** A dot or a scratch is no signature: it reaches over so many units in one direction at least. */
const leastExtent = 20
const maxLength = 12_000

/**
 * A signature that was drawn by hand, as the strokes of a pen: `M<x> <y>` where one begins and `L<x> <y>` where it goes on, in
 * whole units of the box. It is the `d` of an SVG path, and can be nothing else: no curve, no reference, no markup.
 */
export const Drawing = z
  .string()
  .max(maxLength, 'This drawing is too large.')
  .regex(/^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+$/, 'This is no drawing of a signature.')
  .refine((path) => pointsOf(path).every(isInBox), 'This drawing goes beyond its box.')
  .refine((path) => extentOf(pointsOf(path)) >= leastExtent, 'Draw your signature.')

export interface Point {
  x: number
  y: number
}

/** Strokes as a drawing says them; points beyond the box are put on its edge, and what is longer than a drawing may be is thinned out. */
export function drawingOf(strokes: readonly (readonly Point[])[]): string {
  for (let step = 1; ; step++) {
    const path = strokes.map((stroke) => strokeOf(thinned(stroke, step))).join('')
    if (path.length <= maxLength || step > maxLength) return path
  }
}

/** Every so many points of a stroke, and its last. */
function thinned(stroke: readonly Point[], step: number): Point[] {
  return stroke.filter((_, index) => index % step === 0 || index === stroke.length - 1)
}

function strokeOf(points: readonly Point[]): string {
  const said = points.map(({ x, y }) => `${within(x, drawingBox.width)} ${within(y, drawingBox.height)}`)
  const [first, ...others] = said.filter((point, index) => point !== said[index - 1])
  // A dot has nowhere to go on to.
  if (first === undefined || others.length === 0) return ''
  return `M${first}${others.map((point) => `L${point}`).join('')}`
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)))
}

function pointsOf(path: string): Point[] {
  return [...path.matchAll(/(\d{1,3}) (\d{1,3})/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
}

function isInBox({ x, y }: Point): boolean {
  return x <= drawingBox.width && y <= drawingBox.height
}

function extentOf(points: readonly Point[]): number {
  const reach = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
  return Math.max(reach(points.map(({ x }) => x)), reach(points.map(({ y }) => y)))
}
