import { z } from 'zod'

export const NumberSeriesKey = z.enum(['quote', 'contract', 'invoice', 'credit_note'])
export type NumberSeriesKey = z.infer<typeof NumberSeriesKey>
export const NumberSeriesReset = z.enum(['never', 'yearly'])

/** How documents of one kind are numbered: `INV-0042`, or `INV-2027-0042` when every year begins anew. */
export const NumberSeries = z.object({
  key: NumberSeriesKey,
  prefix: z.string(),
  pad: z.int(),
  reset: NumberSeriesReset,
  /** The number that will be given out next, unless a new year comes before it. */
  nextValue: z.int(),
})
export type NumberSeries = z.infer<typeof NumberSeries>

/** Absent fields stay. `nextValue` can only go up: a number that was given out is never given out again. */
export const NumberSeriesPatch = z.strictObject({
  key: NumberSeriesKey,
  prefix: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9/_.-]{0,12}$/, 'Use at most 12 letters, digits and the signs / _ . -')
    .optional(),
  pad: z.int().min(1).max(10).optional(),
  reset: NumberSeriesReset.optional(),
  nextValue: z.int().min(1).max(1_000_000_000).optional(),
})
export type NumberSeriesPatch = z.infer<typeof NumberSeriesPatch>
