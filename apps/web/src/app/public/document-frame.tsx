'use client'

import type { LinkKind } from '@tenantry/contracts/public-links'
import type { Notation } from '@tenantry/documents/notation'
import { useEffect, type ReactNode } from 'react'
import { Badge, type Tone } from '../../components/ui/badge.tsx'
import { Banner } from '../../components/ui/banner.tsx'
import { SavePdf } from './save-pdf.tsx'
import type { PageWords } from './words.ts'

/** A document as its company has sent it: what it is at the top, then its content, last what can be done about it. */
export function DocumentFrame(props: {
  kind: LinkKind
  token: string
  notation: Notation
  words: PageWords
  company: string
  title: string
  subtitle?: string | null
  status: { label: string; tone: Tone }
  /** The first line is the name. */
  recipient: readonly string[]
  facts: readonly (readonly [label: string, value: string | null])[]
  isPaused: boolean
  children: ReactNode
  /** What can be done about it. */
  actions: ReactNode
}) {
  const { notation, words, company, title, subtitle, status, recipient } = props
  useEffect(() => {
    document.title = `${title} · ${company}`
  }, [title, company])
  const [name, ...address] = recipient
  const facts = props.facts.filter(([, value]) => value !== null)
  return (
    <main lang={notation.locale} dir={notation.direction} className="mx-auto grid max-w-3xl gap-4">
      <header className="flex flex-wrap items-center justify-between gap-3 px-1">
        <p className="min-w-0 text-lg font-semibold tracking-tight break-words text-brand">{company}</p>
        <SavePdf kind={props.kind} token={props.token} words={words} />
      </header>
      {props.isPaused && <Banner tone="warn" title={words.paused(company)} />}
      <article className="overflow-clip rounded-xl border border-line bg-card shadow-sm">
        <div className="grid gap-5 border-b border-line p-5 sm:p-8">
          <div className="flex flex-wrap items-start justify-between gap-3">
            <div className="grid min-w-0 gap-1">
              <h1 className="text-2xl font-semibold break-words">{title}</h1>
              {subtitle != null && <p className="break-words text-muted">{subtitle}</p>}
            </div>
            <Badge tone={status.tone}>{status.label}</Badge>
          </div>
          <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {name !== undefined && (
              <dl>
                <Fact label={notation.words.for}>
                  <span className="font-medium">{name}</span>
                  {address.map((line) => (
                    <span key={line} className="block">
                      {line}
                    </span>
                  ))}
                </Fact>
              </dl>
            )}
            {facts.length > 0 && (
              <dl className="grid grid-cols-2 content-start gap-4">
                {facts.map(([label, value]) => (
                  <Fact key={label} label={label}>
                    {value}
                  </Fact>
                ))}
              </dl>
            )}
          </div>
        </div>
        <div className="grid gap-6 p-5 sm:p-8">{props.children}</div>
      </article>
      {props.actions}
    </main>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[13px] text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}

/** What the customer does about a document, or what has become of it. */
export function ActionCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-4 rounded-xl border border-line bg-card p-5 shadow-sm sm:p-8">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}
