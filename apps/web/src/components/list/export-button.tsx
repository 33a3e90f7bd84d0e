'use client'

import type { ViewedEntity } from '@tenantry/contracts/viewed-lists'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { renderedTenant } from '../../trpc/rendered-tenant.ts'
import { useMaySee } from '../shell/use-session.ts'
import { Button } from '../ui/button.tsx'
import { saveAnswer } from '../ui/save-answer.ts'
import { useAnnounce } from '../ui/toast.tsx'

const Refusal = z.object({ error: z.object({ message: z.string() }) })

interface Asked {
  list: ViewedEntity
  query: Record<string, unknown>
}

/** Saves the whole list as it is asked for, every page of it, for whoever may take lists away. */
export function ExportButton(asked: Asked) {
  const mayExport = useMaySee('records.export')
  const say = useAnnounce()
  const [isSaving, setSaving] = useState(false)
  if (!mayExport) return null
  const save = async () => {
    setSaving(true)
    try {
      await saveList(asked)
    } catch (error) {
      const detail = error instanceof Error ? error.message : undefined
      say({ tone: 'bad', title: 'The list was not saved', ...(detail !== undefined && { detail }) })
    } finally {
      setSaving(false)
    }
  }
  return (
    <Button disabled={isSaving} onClick={() => void save()}>
      <Download aria-hidden className="size-4" />
      {isSaving ? 'Saving…' : 'Save as CSV'}
    </Button>
  )
}

/** Not by a link: the company that this tab shows is named with the call, as with every other. */
async function saveList({ list, query }: Asked): Promise<void> {
  const answer = await fetch(`/api/files/exports/${list}.csv?query=${encodeURIComponent(JSON.stringify(query))}`, {
    headers: renderedTenant.header(),
  })
  if (!answer.ok) throw new Error(await refusalIn(answer))
  await saveAnswer(answer, `${list}.csv`)
}

async function refusalIn(answer: Response): Promise<string> {
  const otherwise = `The server answered ${answer.status}.`
  return Refusal.safeParse(await answer.json().catch(() => undefined)).data?.error.message ?? otherwise
}
