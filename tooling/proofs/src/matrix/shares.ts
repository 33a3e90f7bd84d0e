/**
 * One of `of` parts of a list, counted from 0: every so many-th entry, so that what is long together is spread over the
 * parts. Each entry is in exactly one of them.
 */
export function shareOf<Entry>(entries: readonly Entry[], { share, of }: { share: number; of: number }): Entry[] {
  return entries.filter((_, index) => index % of === share)
}
