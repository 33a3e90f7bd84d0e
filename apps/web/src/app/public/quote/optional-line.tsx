import { Checkbox } from '../../../components/ui/input.tsx'
import type { PageWords } from '../words.ts'

/** The name of a line that can be taken or left. */
export function OptionalLine(props: {
  name: string
  words: PageWords
  isTaken: boolean
  onTake: (isTaken: boolean) => void
}) {
  return (
    <label className="flex items-start gap-2.5">
      <Checkbox className="mt-0.5" checked={props.isTaken} onChange={(event) => props.onTake(event.target.checked)} />
      <span className="min-w-0">
        <span className="font-medium break-words">{props.name}</span>{' '}
        <span className="text-[13px] whitespace-nowrap text-muted">{props.words.optional}</span>
      </span>
    </label>
  )
}
