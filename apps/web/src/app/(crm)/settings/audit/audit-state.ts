import { createLoader, parseAsString, type inferParserType } from 'nuqs/server'

/** The address of the audit log. */
export const auditParsers = { action: parseAsString }
export const loadAudit = createLoader(auditParsers)

export function auditQuery({ action }: inferParserType<typeof auditParsers>) {
  return { action: action ?? undefined }
}
