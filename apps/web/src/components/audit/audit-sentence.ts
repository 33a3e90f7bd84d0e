import { roleLabels, memberStatusLabels, tenantStatusLabels } from '../../format/labels.ts'
import type { AuditEntry } from '@tenantry/contracts/tenants'

/** What kinds of entries can be asked for, as they are called on the screen. */
export const auditActions: Record<string, string> = {
  'member.added': 'Member added',
  'member.role_changed': 'Role changed',
  'member.status_changed': 'Access changed',
  'session.started': 'Signed in',
  'session.ended': 'Signed out',
  'session.all_ended': 'Signed out everywhere',
  'session.sign_in_failed': 'Sign-in failed',
  'session.sign_in_throttled': 'Sign-in held back',
  'session.tenant_switched': 'Company switched',
  'tenant.created': 'Company created',
  'tenant.settings_changed': 'Company changed',
  'tenant.renamed': 'Company renamed',
  'tenant.status_changed': 'Company status changed',
  'tenant.data_source_changed': 'Data source changed',
  'tenant.row_changed': 'Configuration changed',
  'tenant.replicas_changed': 'Replicas changed',
  'data_source.refused': 'Database refused',
  'data_source.went_away': 'Database went away',
  'data_source.came_back': 'Database came back',
  'data_source.invalidated': 'Configuration forgotten',
  'grant.minted': 'Access granted',
  'support.opened': 'Support access opened',
  'support.entered': 'Support looked in',
  'support.ended': 'Support access ended',
  'tenant.support_login_changed': 'Support login changed',
  'tenant.repair_begun': 'Repair of the database begun',
  'tenant.sweep_begun': 'Tidying up begun',
}

/** What happened, to be read after the actor's name. An action this page does not know is shown as it is stored. */
export function auditSentence(entry: Pick<AuditEntry, 'action' | 'detail'>, subject: string | null): string {
  const who = subject ?? 'somebody'
  const { from, to } = entry.detail
  switch (entry.action) {
    case 'member.added':
      return `added ${who} as ${word(entry.detail.role)}`
    case 'member.role_changed':
      return `changed the role of ${who} from ${word(from)} to ${word(to)}`
    case 'member.status_changed':
      return `changed the access of ${who} from ${word(from)} to ${word(to)}`
    case 'session.started':
      return 'signed in'
    case 'session.ended':
      return 'signed out'
    case 'session.all_ended':
      return 'signed out everywhere'
    case 'session.tenant_switched':
      return 'came to work here'
    case 'session.sign_in_failed':
      return 'could not sign in'
    case 'session.sign_in_throttled':
      return 'was held back after too many attempts to sign in'
    case 'tenant.created':
      return 'created the company'
    case 'tenant.settings_changed':
    case 'tenant.renamed':
      return 'changed the settings of the company'
    case 'tenant.status_changed':
      return 'changed the status of the company'
    case 'tenant.data_source_changed':
      return 'changed where the data of the company lives'
    case 'tenant.row_changed':
      return 'changed the configuration of the company'
    case 'data_source.refused':
      return 'did not open the database, because it could not be trusted'
    case 'data_source.went_away':
      return `found the database ${word(to)}`
    case 'data_source.came_back':
      return 'found the database back'
    case 'data_source.invalidated':
      return 'made every server forget the configuration'
    case 'tenant.replicas_changed':
      return 'changed the replicas that answer reads'
    case 'grant.minted':
      return `was given access to the data of the company${because(entry.detail.reason)}`
    case 'support.opened':
      return `opened support access for ${count(entry.detail.minutes)}: ${text(entry.detail.reason)}`
    case 'support.entered':
      return 'came to look as support'
    case 'support.ended':
      return 'ended support access'
    case 'tenant.support_login_changed':
      return 'renewed the login that support reads through'
    case 'tenant.repair_begun':
      return 'began to repair the structure of the database'
    case 'tenant.sweep_begun':
      return `began to tidy up ${text(entry.detail.what)}`
    default:
      return entry.action.replaceAll(/[._]/g, ' ')
  }
}

const words: Record<string, string> = { ...roleLabels, ...memberStatusLabels, ...tenantStatusLabels }

function word(value: unknown): string {
  return typeof value === 'string' ? (words[value] ?? value).toLowerCase() : 'something else'
}

function count(minutes: unknown): string {
  return minutes === 1 ? 'one minute' : `${text(minutes)} minutes`
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown'
}

function because(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? ` (${reason})` : ''
}
