import type { Verdict } from './judge.ts'

export interface Summary {
  ok: boolean
  wrong: number
  refused: number
  byCompiler: number
  byLint: number
  byRuntime: number
  controls: number
  controlsCompiled: number
}

export function summarise(verdicts: Verdict[]): Summary {
  const wrong = verdicts.filter(({ stoppedBy }) => stoppedBy !== 'control')
  const controls = verdicts.filter(({ stoppedBy }) => stoppedBy === 'control')
  const held = (by: Verdict['stoppedBy']) => verdicts.filter((verdict) => verdict.stoppedBy === by && verdict.held).length
  return {
    ok: verdicts.every((verdict) => verdict.held),
    wrong: wrong.length,
    refused: wrong.filter((verdict) => verdict.held).length,
    byCompiler: held('compiler'),
    byLint: held('lint'),
    byRuntime: held('runtime'),
    controls: controls.length,
    controlsCompiled: held('control'),
  }
}

export function printTable(verdicts: Verdict[], summary: Summary): void {
  let group = ''
  for (const verdict of verdicts) {
    if (verdict.group !== group) console.log(`\n${(group = verdict.group)}`)
    const mark = verdict.held ? '✓' : '✗'
    console.log(`  ${mark} ${verdict.folder.padEnd(21)} ${verdict.program}`)
    console.log(`      ${verdict.stoppedBy === 'control' ? 'control: ' : ''}${shorten(verdict.seen)}`)
  }
  console.log(`\n${summary.controlsCompiled} of ${summary.controls} right programs compile`)
  console.log(`stopped by the compiler ${summary.byCompiler}, by lint ${summary.byLint}, at run time ${summary.byRuntime}`)
  console.log(`${summary.refused} of ${summary.wrong} refused`)
}

function shorten(text: string): string {
  return text.length <= 150 ? text : `${text.slice(0, 149)}…`
}
