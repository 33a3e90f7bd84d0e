'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { useMay } from '../../../components/shell/use-session.ts'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const path = usePathname()
  const may = { see: useMay('members.see'), manage: useMay('tenant.manage'), audit: useMay('audit.see') }
  const pages = [
    { href: '/settings/company', label: 'Company', isShown: may.see },
    { href: '/settings/members', label: 'Members', isShown: may.see },
    { href: '/settings/data', label: 'Data', isShown: may.manage },
    { href: '/settings/audit', label: 'Audit', isShown: may.audit },
    { href: '/settings/sessions', label: 'Your sessions', isShown: true },
  ].filter((page) => page.isShown)
  return (
    <div className="grid max-w-4xl gap-5">
      <h1 className="text-xl font-semibold">Settings</h1>
      <nav aria-label="Settings" className="flex gap-1 overflow-x-auto border-b border-line">
        {pages.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? 'page' : undefined}
            className={twMerge(
              'border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-muted hover:text-ink',
              path === href && 'border-brand font-medium text-ink',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  )
}
