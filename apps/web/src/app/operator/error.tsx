'use client'

import { Banner } from '../../components/ui/banner.tsx'
import { Button } from '../../components/ui/button.tsx'

/** A page that broke while it was drawn; the frame around it stays and leads elsewhere. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
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
