import type { ContractListed } from '@tenantry/contracts/contracts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { buttonLook } from '../../../../components/ui/button.tsx'
import { contractStatusLabels } from '../../../../format/labels.ts'

/** A contract about a quote, with its file: the one that is kept, once everybody has signed. */
export function ContractLine({ contract }: { contract: ContractListed }) {
  const { id, number, status, voidedReason, signedPdfAttachmentId } = contract
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      <span>Contract {number}</span>
      <Badge tone={status === 'completed' ? 'good' : 'neutral'}>{contractStatusLabels[status]}</Badge>
      {voidedReason !== null && <span className="min-w-0 break-words text-muted">{voidedReason}</span>}
      <a
        className={`ml-auto ${buttonLook({ look: 'quiet', size: 'small' })}`}
        href={`/api/files/contracts/${id}`}
        download
      >
        {signedPdfAttachmentId === null ? 'PDF' : 'Signed PDF'}
        <span className="sr-only"> of contract {number}</span>
      </a>
    </li>
  )
}
