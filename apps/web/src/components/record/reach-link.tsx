/* Addresses that can be used at once: to write, to call, to open. */

export function EmailLink({ email }: { email: string | null }) {
  if (email === null) return null
  return (
    <a href={`mailto:${email}`} className={look}>
      {email}
    </a>
  )
}

export function PhoneLink({ phone }: { phone: string | null }) {
  if (phone === null) return null
  return (
    <a href={`tel:${phone}`} className={look}>
      {phone}
    </a>
  )
}

/** The contract lets only http and https through, so that no stored value can run as a script. */
export function WebsiteLink({ url }: { url: string | null }) {
  if (url === null || !/^https?:\/\//i.test(url)) return url
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" className={look}>
      {url.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
    </a>
  )
}

const look = 'text-brand underline decoration-brand/30 underline-offset-2 hover:decoration-brand'
