'use client'

import type { LinkKind } from '@tenantry/contracts/public-links'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { saveAnswer } from '../../components/ui/save-answer.ts'
import type { PageWords } from './words.ts'

/** Saves the document as a file. It is posted for: a token in an address would stand in logs. */
export function SavePdf({ kind, token, words }: { kind: LinkKind; token: string; words: PageWords }) {
  const [state, setState] = useState<'idle' | 'saving' | 'failed'>('idle')
  const save = async () => {
    setState('saving')
    try {
      await savePdf(kind, token)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="grid justify-items-end gap-1">
      <Button disabled={state === 'saving'} onClick={() => void save()}>
        <Download aria-hidden className="size-4" />
        {state === 'saving' ? words.savingPdf : words.savePdf}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="max-w-72 text-end text-[13px] text-bad">
          {words.pdfFailed}
        </p>
      )}
    </div>
  )
}

async function savePdf(kind: LinkKind, token: string): Promise<void> {
  const response = await fetch(`/api/files/public/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  await saveAnswer(response, `${kind}.pdf`)
}
