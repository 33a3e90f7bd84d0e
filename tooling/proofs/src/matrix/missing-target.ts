import { randomBytes, randomUUID } from 'node:crypto'
import type { Target } from './inputs.ts'

/** Nothing that any company has. */
export function missingTarget(): Target {
  const id = randomUUID()
  const slug = `missing-${id.slice(0, 8)}`
  const nothing = { id, slug, version: 1, changeId: '1', stageId: randomUUID() }
  const others = { otherId: randomUUID(), resourceId: randomUUID(), invoiceId: randomUUID() }
  return { ...nothing, ...others, token: leadsNowhere(), otherToken: leadsNowhere(), bodySha256: 'a'.repeat(64) }
}

function leadsNowhere(): string {
  return randomBytes(32).toString('base64url')
}
