import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SettingsTabs } from './settings-tabs.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-5">
      <h1 className="text-xl font-semibold">Settings</h1>
      <SettingsTabs />
      {children}
    </div>
  )
}
