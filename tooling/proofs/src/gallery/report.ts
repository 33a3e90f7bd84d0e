import type { Verdict } from './judge.ts'

export interface Summary {
  ok: boolean
  wrong: number
  refused: number
  byCompiler: number
  byLint: number
  /** Compile and pass lint; each is run by a test and fails closed. */
  byRuntime: number
  controls: number
  controlsRight: number
}

export function summarise(verdicts: Verdict[]): Summary {
  const count = (of: (verdict: Verdict) => boolean) => verdicts.filter(of).length
  const stopped = (by: Verdict['stoppedBy']) => count(({ stoppedBy, isRefused }) => stoppedBy === by && isRefused)
  return {
    ok: verdicts.every(({ isRefused, isControlRight }) => isRefused && isControlRight),
    wrong: verdicts.length,
    refused: count(({ isRefused }) => isRefused),
    byCompiler: stopped('compiler'),
    byLint: stopped('lint'),
    byRuntime: stopped('runtime'),
    controls: verdicts.length,
    controlsRight: count(({ isControlRight }) => isControlRight),
  }
}

/** Every program under its group, then the figures. */
export function tableOf(verdicts: Verdict[], summary: Summary): string {
  const lines: string[] = []
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.group !== verdicts[index - 1]?.group) lines.push('', verdict.group)
    const mark = verdict.isRefused && verdict.isControlRight ? '✓' : '✗'
    lines.push(`  ${mark} ${verdict.folder.padEnd(21)} ${verdict.program}`, `      ${shorten(verdict.piece)}`)
    lines.push(`      ${verdict.stoppedBy}: ${mark === '✓' ? shorten(verdict.seen) : verdict.seen}`)
  }
  return [
    ...lines,
    '',
    `stopped by the compiler ${summary.byCompiler}, by lint ${summary.byLint}, at run time ${summary.byRuntime} (fails-closed.test.ts runs these)`,
    `${summary.controlsRight} of ${summary.controls} right programs pass`,
    `${summary.refused} of ${summary.wrong} refused`,
  ].join('\n')
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= 140 ? line : `${line.slice(0, 139)}…`
}
