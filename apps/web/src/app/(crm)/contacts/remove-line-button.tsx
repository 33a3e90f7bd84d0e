import { X } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'

/** Takes a line out of a form; it stands at the line's end, and beside its first field where there is no room. */
export function RemoveLineButton({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button
      look="quiet"
      size="icon"
      className="col-start-2 row-start-1 mt-6.5 sm:col-start-auto sm:row-start-auto"
      aria-label={`Remove ${what}`}
      onClick={onRemove}
    >
      <X aria-hidden className="size-4" />
    </Button>
  )
}
