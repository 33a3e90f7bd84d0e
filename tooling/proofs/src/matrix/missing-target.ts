import { randomBytes, randomUUID } from 'node:crypto'
import type { Target } from './inputs.ts'

/** Nothing that any company has. */
export function missingTarget(): Target {
  const id = randomUUID()
  const slug = `missing-${id.slice(0, 8)}`
  const nothing = { id, slug, version: 1, changeId: '1', stageId: randomUUID() }
  const others = { otherId: randomUUID(), resourceId: randomUUID(), invoiceId: randomUUID() }
  const read = { bodySha256: 'a'.repeat(64), consent: 'I agree.' }
  return { ...nothing, ...others, token: leadsNowhere(), otherToken: leadsNowhere(), ...read }
}

function leadsNowhere(): string {
  return randomBytes(32).toString('base64url')
}
