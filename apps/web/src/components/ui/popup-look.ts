/** How everything looks that floats above the page. */
export const popupLook =
  'rounded-lg border border-line bg-card text-ink shadow-lg outline-none origin-[var(--transform-origin)] transition-[scale,opacity] duration-100 data-starting-style:scale-[0.98] data-starting-style:opacity-0 data-ending-style:opacity-0'

/** One choice of a menu or a list; the highlighted one is where the pointer or the arrow keys are. */
export const choiceLook =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-sunken pointer-coarse:min-h-10'
