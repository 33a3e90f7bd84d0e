import { useId, type ReactNode } from 'react'

/** A titled group of fields: the title beside them where there is room, above them where there is not. */
export function FormSection(props: { title: string; hint?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 border-t border-line py-5 first:border-t-0 lg:grid-cols-[13rem_1fr]"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {props.title}
        </h2>
        {props.hint !== undefined && <p className="mt-0.5 text-[13px] text-pretty text-muted">{props.hint}</p>}
      </div>
      <div className="grid content-start gap-4 sm:grid-cols-2">{props.children}</div>
    </section>
  )
}
