/** The name with its mark: two rooms behind one door. */
export function Logo() {
  return (
    <p className="flex items-center gap-2 font-semibold tracking-tight">
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        className="size-5 text-brand"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <rect x="2" y="2" width="16" height="16" rx="4" />
        <path d="M10 2v16M10 10h8" />
      </svg>
      Tenantry
    </p>
  )
}
