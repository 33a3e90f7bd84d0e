import { isErrorCode, type ErrorCode } from '@tenantry/errors/codes'

export type SignInAnswer = { ok: true } | { ok: false; code: ErrorCode; retryAfterSeconds: number | undefined }

/**
 * Signs in from a page; the cookie arrives with the answer. Speaks to next-auth's endpoints as its own client does, which
 * would bring a session store and a poller that nothing here uses. Rejects when the server cannot be reached.
 */
export async function signIn(input: { email: string; password: string }, baseUrl = ''): Promise<SignInAnswer> {
  const { csrfToken } = await json(await fetch(`${baseUrl}/api/auth/csrf`))
  const answer = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...input, csrfToken: csrfToken ?? '', json: 'true' }),
  })
  const { url } = await json(answer)
  const said = new URL(url ?? '', answer.url).searchParams
  // Without the cookie of the token, next-auth answers 200 and sends back to the form.
  if (said.has('csrf')) return { ok: false, code: 'CROSS_SITE_REQUEST', retryAfterSeconds: undefined }
  return answer.ok ? { ok: true } : refusalIn(said.get('error') ?? '')
}

/** `CODE:seconds` from our provider; anything else is next-auth's word for a pair that does not match. */
function refusalIn(text: string): SignInAnswer {
  const [code, seconds] = text.split(':')
  return {
    ok: false,
    code: isErrorCode(code) ? code : 'SIGN_IN_FAILED',
    retryAfterSeconds: seconds === undefined || seconds === '' ? undefined : Number(seconds),
  }
}

async function json(answer: Response): Promise<{ csrfToken?: string; url?: string }> {
  return (await answer.json()) as { csrfToken?: string; url?: string }
}
