'use client'

import { Building2, Columns3, Settings, Target, Users, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { twMerge } from 'tailwind-merge'

const places: Place[] = [
  { href: '/accounts', label: 'Accounts', Icon: Building2 },
  { href: '/contacts', label: 'Contacts', Icon: Users },
  { href: '/opportunities', label: 'Opportunities', Icon: Target },
  { href: '/opportunities/board', label: 'Board', Icon: Columns3 },
  { href: '/settings', label: 'Settings', Icon: Settings },
]

export function Navigation() {
  return <NavigationOf label="Main" places={places} />
}

export interface Place {
  href: string
  label: string
  Icon: LucideIcon
}

/** Beside the page on a desktop, below it on a phone. */
export function NavigationOf({ label, places }: { label: string; places: readonly Place[] }) {
  const path = usePathname()
  const here = places.filter((place) => path === place.href || path.startsWith(`${place.href}/`)).at(-1)
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-20 grid h-14 auto-cols-fr grid-flow-col border-t border-line bg-card md:static md:flex md:h-auto md:flex-col md:gap-0.5 md:border-0 md:bg-transparent"
    >
      {places.map((place) => {
        const isHere = place === here
        return (
          <Link
            key={place.href}
            href={place.href}
            aria-current={isHere ? 'page' : undefined}
            className={twMerge(
              'flex flex-col items-center justify-center gap-1 px-0.5 text-[10.5px] font-medium tracking-tight md:tracking-normal text-muted hover:text-ink md:h-9 md:flex-row md:justify-start md:gap-2.5 md:rounded-md md:px-2.5 md:text-sm md:hover:bg-sunken',
              isHere && 'text-brand-strong hover:text-brand-strong md:bg-brand-soft md:hover:bg-brand-soft',
            )}
          >
            <place.Icon aria-hidden className="size-5 md:size-4" />
            <span className="max-w-full truncate">{place.label}</span>
          </Link>
        )
      })}
    </nav>
  )
}
