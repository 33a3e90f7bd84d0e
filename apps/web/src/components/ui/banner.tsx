import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'

const tones = {
  plain: 'border-line bg-card text-ink',
  warn: 'border-warn/25 bg-warn-soft text-warn',
  bad: 'border-bad/25 bg-bad-soft text-bad',
}

/** Something a person should know about the whole page; `action` stands at its end. */
export function Banner(props: { tone: keyof typeof tones; title: string; action?: ReactNode; children?: ReactNode }) {
  return (
    <div
      role={props.tone === 'bad' ? 'alert' : 'status'}
      className={twMerge('flex flex-wrap items-start gap-3 rounded-lg border px-4 py-3', tones[props.tone])}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5 break-words">
        <p className="font-medium">{props.title}</p>
        {props.children}
      </div>
      {props.action}
    </div>
  )
}
