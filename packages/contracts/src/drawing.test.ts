import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Drawing, drawingBox, drawingOf } from './drawing.ts'

test('a drawing is strokes in a box and nothing else', () => {
  expect(Drawing.safeParse('M0 0L600 200M10 10L20 20L30 15').success).toBe(true)
  const refused = [
    '',
    'Ada Byron',
    'M0 0',
    'L0 0L50 50',
    'M0 0L50 50Z',
    'M0 0C1 1 2 2 50 50',
    'M0 0L50 50 ',
    'M0 0L50 50\n',
    'M-1 0L50 50',
    'M0 0L50.5 50',
    'M0 0L601 50',
    'M0 0L50 201',
    'M0 0L1000 50',
    // A dot, and a scratch.
    'M5 5L5 5',
    'M5 5L24 24',
    'data:image/png;base64,iVBORw0KGgo=',
    'M0 0L50 50"/><script>alert(1)</script>',
    'M0 0L50 50url(#x)',
    `M0 0${'L50 50'.repeat(2_000)}`,
  ]
  for (const value of refused)
    expect([value.slice(0, 40), Drawing.safeParse(value).success]).toEqual([value.slice(0, 40), false])
})

test('a text that is almost a drawing is refused as fast as any other', () => {
  const begun = performance.now()
  for (let index = 0; index < 200; index++) Drawing.safeParse(`${'M0 0L50 50'.repeat(1_199)}M0 0!`)
  expect(performance.now() - begun).toBeLessThan(1_000)
})

test('whatever a pen does becomes a drawing, or nothing', () => {
  const coordinate = fc.double({ min: -500, max: 1_500, noNaN: true })
  const stroke = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 40 })
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 6 }), (strokes) => {
      const path = drawingOf(strokes)
      const parsed = Drawing.safeParse(path)
      if (parsed.success) return
      expect(parsed.error.issues.map(({ message }) => message)).toContain('Draw your signature.')
    }),
  )
  const long = Array.from({ length: 20_000 }, (_, index) => ({
    x: index % drawingBox.width,
    y: index % drawingBox.height,
  }))
  expect(Drawing.safeParse(drawingOf([long])).success).toBe(true)
})
