/** Rows in the place of a list that is on its way. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <output aria-label="Loading" className="grid gap-2">
      {Array.from({ length: count }, (_, index) => (
        <Bone key={index} className="h-9" />
      ))}
    </output>
  )
}

/** A record page in outline. */
export function SkeletonRecord() {
  return (
    <output aria-label="Loading" className="grid gap-5">
      <Bone className="h-8 w-64 max-w-full" />
      <div className="grid gap-5 lg:grid-cols-[1fr_22rem]">
        <div className="grid gap-5">
          <Bone className="h-56" />
          <Bone className="h-40" />
        </div>
        <Bone className="h-96" />
      </div>
    </output>
  )
}

/** A board in outline. */
export function SkeletonColumns() {
  return (
    <output aria-label="Loading" className="flex gap-3 overflow-hidden">
      {Array.from({ length: 5 }, (_, index) => (
        <Bone key={index} className="h-96 w-72 shrink-0" />
      ))}
    </output>
  )
}

function Bone({ className }: { className: string }) {
  return <div className={`animate-pulse rounded-md bg-sunken ${className}`} />
}
