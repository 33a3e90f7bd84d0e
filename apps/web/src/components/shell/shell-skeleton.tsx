import { SkeletonRows } from '../ui/skeleton.tsx'

/** The frame before it is known who asks. */
export function ShellSkeleton() {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_1fr]">
      <div className="h-13 border-b border-line bg-card md:h-dvh md:border-r md:border-b-0" />
      <main className="px-4 pt-4 md:px-7 md:pt-6">
        <SkeletonRows count={10} />
      </main>
    </div>
  )
}
