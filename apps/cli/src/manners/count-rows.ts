import type { Progress } from '@tenantry/tenant-transfer/company'
import { renderMeter } from './meter.ts'

/**
 * Shows how many of `total` rows have come, with their rate and the time that remains; each step counts from one. What tells
 * itself how many there are needs no total.
 */
export function countRows(total: number, detail: (text: string) => void): (progress: Progress) => void {
  const started = performance.now()
  let before = 0
  let step = ''
  let here = 0
  return (progress) => {
    if (progress.rows === undefined) return detail(progress.step)
    if (progress.step !== step) before += here
    step = progress.step
    here = progress.rows
    // Some rows become several, so there can be more of them than there were.
    const done = before + here
    detail(
      `${step} · ${renderMeter({ done, total: Math.max(progress.of ?? total, done), elapsedMs: performance.now() - started })}`,
    )
  }
}
