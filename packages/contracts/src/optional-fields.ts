import type { z } from 'zod'

type Optional<Shape extends Record<string, z.ZodType>> = { [Key in keyof Shape]: z.ZodOptional<Shape[Key]> }

/** Makes every field of a shape optional: the form of a patch, where an absent field stays as it is. */
export function optionalFields<Shape extends Record<string, z.ZodType>>(shape: Shape): Optional<Shape> {
  // Every entry is wrapped the same way, so the mapped type is exactly what the loop makes.
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.optional()])) as Optional<Shape>
}
