import { customKeyOf } from '@tenantry/contracts/custom-values'

/** How a field of a record is called on the screen. */
export function fieldLabel(field: string): string {
  const key = customKeyOf(field)
  return key === undefined ? (labels[field] ?? wordsOf(field)) : wordsOf(key.replaceAll('_', ' '))
}

/** Fields that only the machine needs to know; a timeline leaves them out. */
export const technicalFields: ReadonlySet<string> = new Set([
  'boardRank',
  'stageEnteredAt',
  'pipelineId',
  'probabilityOverridden',
  'closedAt',
  'archivedAt',
  'deletedAt',
])

const labels: Record<string, string> = {
  ownerId: 'Owner',
  parentAccountId: 'Part of',
  accountId: 'Account',
  contactId: 'Contact',
  stageId: 'Stage',
  taxId: 'Tax number',
  email: 'E-mail',
  defaultCurrency: 'Currency',
  paymentTermsDays: 'Payment terms',
  billingLine1: 'Street',
  billingLine2: 'Street, second line',
  billingCity: 'City',
  billingRegion: 'Region',
  billingPostalCode: 'Postal code',
  billingCountry: 'Country',
  timeZone: 'Time zone',
  locale: 'Language and region',
  points: 'Addresses and numbers',
  silenced: 'Not written to',
  accounts: 'Accounts',
  formerAccounts: 'Earlier accounts',
  amountMinor: 'Amount',
  expectedMinor: 'Expected',
  expectedCloseOn: 'Closes on',
  forecastCategory: 'Forecast',
  lostReason: 'Lost because',
  eventType: 'Kind of event',
}

/** `jobTitle` as «Job title». */
function wordsOf(field: string): string {
  const words = field.replaceAll(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`).trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
