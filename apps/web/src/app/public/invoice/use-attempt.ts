import { useState } from 'react'
import { z } from 'zod'

const Attempt = z.object({ idempotencyKey: z.string(), amountMinor: z.int(), source: z.string() })
/** A payment whose outcome is not known yet. The same key again takes it up, and nothing is charged twice. */
export type Attempt = z.infer<typeof Attempt>

/** Kept for as long as the tab is open: whoever loads the page again goes on with the same payment. */
export function useAttempt(invoiceNumber: string | null) {
  const place = `tenantry.payment.${invoiceNumber}`
  const [attempt, setAttempt] = useState(() => storedAt(place))
  const keep = (next: Attempt | undefined) => {
    setAttempt(next)
    if (next === undefined) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(next))
  }
  return [attempt, keep] as const
}

function storedAt(place: string): Attempt | undefined {
  const text = sessionStorage.getItem(place)
  return text === null ? undefined : Attempt.safeParse(JSON.parse(text)).data
}

/** `crypto.randomUUID` is only there on secure origins. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
