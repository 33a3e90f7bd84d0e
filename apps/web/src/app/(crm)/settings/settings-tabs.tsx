'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { twMerge } from 'tailwind-merge'
import { useMaySee } from '../../../components/shell/use-session.ts'

export function SettingsTabs() {
  const path = usePathname()
  const tabs = useRef<HTMLElement>(null)
  // On a phone the tabs are wider than the screen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  // A page below a page is a part of it.
  const isOpen = (href: string) => path === href || path.startsWith(`${href}/`)
  const may = { members: useMaySee('members.see'), manage: useMaySee('tenant.manage'), audit: useMaySee('audit.see') }
  const pages = [
    { href: '/settings/company', label: 'Company', isShown: true },
    { href: '/settings/members', label: 'Members', isShown: may.members },
    { href: '/settings/fields', label: 'Fields', isShown: true },
    { href: '/settings/calendars', label: 'Calendars', isShown: true },
    { href: '/settings/api-keys', label: 'API keys', isShown: may.manage },
    { href: '/settings/webhooks', label: 'Webhooks', isShown: may.manage },
    { href: '/settings/data', label: 'Data', isShown: may.manage },
    { href: '/settings/audit', label: 'Audit', isShown: may.audit },
    { href: '/settings/support', label: 'Support access', isShown: may.audit },
    { href: '/settings/sessions', label: 'Your sessions', isShown: true },
  ].filter((page) => page.isShown)
  return (
    <nav
      ref={tabs}
      aria-label="Settings"
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 md:mx-0 md:px-0"
    >
      {pages.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={isOpen(href) ? 'page' : undefined}
          className={twMerge(
            '-mb-px border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-muted hover:text-ink',
            isOpen(href) && 'border-brand font-medium text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
