'use client'

import { Button } from '../components/ui/button.tsx'

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <h1 className="text-2xl font-semibold">This page did not work</h1>
      <p className="text-muted">The fault is on our side and was written down.</p>
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
    </main>
  )
}
