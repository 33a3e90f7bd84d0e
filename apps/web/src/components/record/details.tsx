import type { ReactNode } from 'react'

/** Label and value pairs; empty ones are left out. */
export function Details({ items }: { items: [label: string, value: ReactNode][] }) {
  const filled = items.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return (
    <dl className="grid gap-x-6 gap-y-4 rounded-lg border border-line bg-card p-5 sm:grid-cols-2">
      {filled.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
