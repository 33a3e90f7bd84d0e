import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from './providers.tsx'
import '@fontsource-variable/inter/wght.css'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Tenantry', template: '%s · Tenantry' } }
export const viewport: Viewport = { width: 'device-width', initialScale: 1 }
/** Every page depends on who asks: none is made in advance, none is cached. */
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="min-h-dvh">
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
