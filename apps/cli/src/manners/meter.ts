/** How far something countable is. */
export interface Measured {
  done: number
  total: number
  /** Since the first of them was begun. */
  elapsedMs: number
}

/** `12 of 200 · 3.4/s · 0:55 left`. */
export function renderMeter({ done, total, elapsedMs }: Measured): string {
  const parts = [`${format(done)} of ${format(total)}`]
  const perSecond = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0
  // The first ones say nothing about the rest: connections are opened, caches filled.
  if (elapsedMs >= settleMs && perSecond > 0) {
    parts.push(`${perSecond >= 100 ? format(Math.round(perSecond)) : perSecond.toFixed(1)}/s`)
    if (done < total) parts.push(`${duration((total - done) / perSecond)} left`)
  }
  return parts.join(' · ')
}

const settleMs = 1_000

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

function format(value: number): string {
  return value.toLocaleString('en-US')
}
