/**
 * Headers of every answer. Scripts may be inline because Next writes the data of a page into it; nothing may be loaded
 * from, sent to or framed by another site. The development server needs eval for hot reloading.
 */
export function securityHeaders(mode: 'development' | 'production'): Record<string, string> {
  const scripts = mode === 'development' ? "'self' 'unsafe-inline' 'unsafe-eval'" : "'self' 'unsafe-inline'"
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
