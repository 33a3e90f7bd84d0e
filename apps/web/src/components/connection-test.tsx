'use client'

import type { ConnectionStep, DataSourceView } from '@tenantry/contracts/data-source'
import { CircleCheck, CircleX } from 'lucide-react'
import { Failure } from './failure.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'

const steps: Record<ConnectionStep['step'], string> = {
  config: 'Read where the database is',
  open: 'Open the sealed login',
  connect: 'Connect',
  prove: 'Prove that it is this company’s database',
  query: 'Run a query',
}

/** What a connection test found, step by step, and a button to run one now. */
export function ConnectionTest(props: {
  result: DataSourceView['test']
  /** When it was made, in words. */
  when: string
  error: { message: string } | null
  isRunning: boolean
  onRun: () => void
}) {
  const { result } = props
  return (
    <Card
      title="Connection test"
      action={
        <Button size="small" disabled={props.isRunning} onClick={props.onRun}>
          {props.isRunning ? 'Testing…' : 'Test connection'}
        </Button>
      }
    >
      <div className="grid gap-3" aria-live="polite" aria-busy={props.isRunning}>
        {props.error !== null && <Failure error={props.error} />}
        <p className={`font-medium ${result.success ? 'text-good' : 'text-bad'}`}>
          {result.success ? 'Passed' : (result.message ?? 'The database did not pass the test.')}
          {result.code !== null && <code className="ml-2 font-mono text-xs font-normal">{result.code}</code>}
        </p>
        <ol className="grid gap-1.5">
          {result.steps.map((step) => (
            <li key={step.step} className="flex items-center gap-2">
              {step.ok ? (
                <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
              ) : (
                <CircleX aria-hidden className="size-4 shrink-0 text-bad" />
              )}
              <span className="min-w-0 flex-1">
                {steps[step.step]}
                <span className="sr-only">{step.ok ? ', passed' : ', failed'}</span>
              </span>
              <span className="text-muted tabular-nums">{step.milliseconds.toFixed(1)} ms</span>
            </li>
          ))}
        </ol>
        <p className="text-xs text-muted">{props.when}</p>
      </div>
    </Card>
  )
}
