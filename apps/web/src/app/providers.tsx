'use client'

import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ToastProvider } from '../components/ui/toast.tsx'
import { ApiProvider } from '../trpc/client.tsx'

/** The nonce lets the script run that sets the theme before anything is drawn. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <NuqsAdapter>
        <ApiProvider>
          <ToastProvider>{children}</ToastProvider>
        </ApiProvider>
      </NuqsAdapter>
    </ThemeProvider>
  )
}
