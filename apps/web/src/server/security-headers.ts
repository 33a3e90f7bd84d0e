/**
 * Headers of every answer. Only scripts that carry the answer's nonce run, and what they load; nothing may be loaded
 * from, sent to or framed by another site. Styles may be inline: drag and drop and menus place elements by `style`.
 * The development server needs eval for hot reloading.
 */
export function securityHeaders(mode: 'development' | 'production', nonce: string): Record<string, string> {
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${mode === 'development' ? " 'unsafe-eval'" : ''}`
  return {
    'content-security-policy': [
      "default-src 'self'",
      `script-src ${scripts}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  }
}

/** Of pages that a customer opens by a link, on top of those: found by nobody, and they tell no other page where they are. */
export const publicPageHeaders: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
}
