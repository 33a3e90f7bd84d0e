import { expect, it } from 'vitest'
import { auditSentence } from './audit-sentence.ts'

it('says who got which role', () => {
  const entry = { action: 'member.role_changed', detail: { from: 'read_only', to: 'admin' } }
  expect(auditSentence(entry, 'Nora')).toBe('changed the role of Nora from read only to admin')
})

it('shows an action it does not know as it is stored', () => {
  expect(auditSentence({ action: 'export.file_made', detail: {} }, null)).toBe('export file made')
})
