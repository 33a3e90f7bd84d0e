/** Rows in the place of a list that is on its way. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-px">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="h-11 animate-pulse rounded bg-sunken" />
      ))}
    </div>
  )
}
