import { joinMarks, writeMarkCookie, writeMarkHeader } from '@tenantry/contracts/write-mark'

/** Longer than any replica is allowed to stand still; then only what is committed everywhere is left to be seen. */
const maxAgeSeconds = 300

let mark: string | undefined

/**
 * What this browser has written lately, carried with each request, so that its reads never come from a replica that has
 * not got there. Answers may arrive in another order than their writes were made, so the furthest mark is kept; pages get it
 * in a cookie.
 */
export const written = {
  header(): Record<string, string> {
    return mark === undefined ? {} : { [writeMarkHeader]: mark }
  },
  async fetch(...request: Parameters<typeof fetch>): Promise<Response> {
    const response = await fetch(...request)
    const fresh = response.headers.get(writeMarkHeader)
    if (fresh !== null) {
      mark = joinMarks(mark, fresh)
      const secure = location.protocol === 'https:' ? '; secure' : ''
      document.cookie = `${writeMarkCookie}=${mark}; path=/; max-age=${maxAgeSeconds}; samesite=lax${secure}`
    }
    return response
  },
}
