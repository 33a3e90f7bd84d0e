'use client'

import { Banner } from './ui/banner.tsx'
import { Button } from './ui/button.tsx'

/** A page that broke while it was drawn; the frame around it stays and leads elsewhere. */
export function BrokenPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">This page did not work</h1>
      <Banner
        tone="bad"
        title="The fault is on our side."
        action={
          <Button size="small" onClick={reset}>
            Try again
          </Button>
        }
      >
        {error.digest !== undefined && <p className="text-xs">Number {error.digest}</p>}
      </Banner>
    </div>
  )
}
