'use client'

import { useEffect, useState } from 'react'

export interface InvitationAnswer {
  ok: boolean
  body: { companyName?: string; email?: string; name?: string; message?: string }
}

/** Asks about a link, or uses it up. Rejects when the server cannot be reached. */
export async function askInvitation(method: 'POST' | 'PUT', body: object): Promise<InvitationAnswer> {
  const response = await fetch('/api/invitation', {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { ok: response.ok, body: (await response.json()) as InvitationAnswer['body'] }
}

const unreachable: InvitationAnswer = { ok: false, body: { message: 'The server could not be reached.' } }

/** The token stands behind the # of the address, which no browser sends; undefined until the link has been looked at. */
export function useInvitation(): { token: string; answer: InvitationAnswer } | undefined {
  const [found, setFound] = useState<{ token: string; answer: InvitationAnswer }>()
  useEffect(() => {
    const token = location.hash.slice(1)
    askInvitation('POST', { token }).then(
      (answer) => setFound({ token, answer }),
      () => setFound({ token, answer: unreachable }),
    )
  }, [])
  return found
}
