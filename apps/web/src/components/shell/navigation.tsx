'use client'

import { Building2, Settings, Target, Users } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { twMerge } from 'tailwind-merge'

const places = [
  { href: '/accounts', label: 'Accounts', Icon: Building2 },
  { href: '/contacts', label: 'Contacts', Icon: Users },
  { href: '/opportunities', label: 'Opportunities', Icon: Target },
  { href: '/settings', label: 'Settings', Icon: Settings },
]

/** Beside the page on a desktop, below it on a phone. */
export function Navigation() {
  const path = usePathname()
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-4 border-t border-line bg-card md:static md:flex md:flex-col md:gap-0.5 md:border-0 md:bg-transparent"
    >
      {places.map(({ href, label, Icon }) => {
        const isHere = path.startsWith(href)
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={twMerge(
              'flex flex-col items-center gap-1 px-2 py-2 text-[11px] font-medium text-muted hover:text-ink md:flex-row md:gap-3 md:rounded-md md:px-3 md:text-sm md:hover:bg-sunken',
              isHere && 'text-brand-strong md:bg-brand-soft',
            )}
          >
            <Icon aria-hidden className="size-5 md:size-4" />
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
