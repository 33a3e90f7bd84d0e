/** A small square with the first letter of a company. */
export function TenantMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-8 shrink-0 place-items-center rounded-md bg-brand-soft text-sm font-semibold text-brand-strong"
    >
      {name.trim().charAt(0).toUpperCase()}
    </span>
  )
}
