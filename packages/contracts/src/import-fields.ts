import { AccountInput, AccountKind, AccountPatch, AccountStatus } from './accounts.ts'
import { CatalogItemInput, CatalogItemKind, CatalogItemPatch } from './catalog-items.ts'
import { ContactInput, ContactPatch, ContactStatus } from './contacts.ts'
import type { CustomField } from './custom-fields.ts'
import { customFieldName } from './custom-values.ts'
import type { ImportEntity, ImportKey, ImportMapping } from './imports.ts'
import { LeadInput, LeadKind, LeadPatch, OpenLeadStatus } from './leads.ts'
import { OpportunityImport, OpportunityImportPatch } from './opportunity-import.ts'

/** How the text of a cell becomes what the contract of its field takes. What it cannot read it leaves to the contract. */
type ReadCell = (cell: string) => unknown

/** A field that a column can fill. */
export interface ImportField {
  /** Other headings that people give it, in small letters and without anything but letters and digits. */
  aliases: readonly string[]
  read: ReadCell
}

/** What an import makes of a row of one kind. Fields that are none of the record's own are named in `resolved` or made into lists. */
export interface ImportKind {
  fields: Readonly<Record<string, ImportField>>
  create:
    | typeof AccountInput
    | typeof ContactInput
    | typeof LeadInput
    | typeof CatalogItemInput
    | typeof OpportunityImport
  patch:
    | typeof AccountPatch
    | typeof ContactPatch
    | typeof LeadPatch
    | typeof CatalogItemPatch
    | typeof OpportunityImportPatch
  keys: readonly ImportKey[]
}

const asIs: ReadCell = (cell) => cell
const text = (...aliases: string[]): ImportField => ({ aliases, read: asIs })
const read = (how: ReadCell, ...aliases: string[]): ImportField => ({ aliases, read: how })

const upper: ReadCell = (cell) => cell.toUpperCase()
const whole: ReadCell = (cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : cell)
const yesOrNo: ReadCell = (cell) => {
  const word = cell.toLowerCase()
  if (['yes', 'true', 'y', '1', 'x', 'ja', 'wahr'].includes(word)) return true
  return ['no', 'false', 'n', '0', 'nein', 'falsch'].includes(word) ? false : cell
}
/** `1.5.2026` has one reading; `5/1/2026` has two, and is left to whoever knows. A time of that day says nothing more. */
const day: ReadCell = (cell) => {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? []
  if (d !== '') return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  return /^(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d(:\d\d)?$/.exec(cell)?.[1] ?? cell
}
const percent: ReadCell = (cell) => whole(cell.replace(/\s*%$/, ''))
/** What other systems call the ends of a deal. */
const ending: ReadCell = (cell) => {
  const asked = plainName(cell)
  if (['won', 'closedwon', 'gewonnen'].includes(asked)) return 'won'
  if (['lost', 'closedlost', 'verloren'].includes(asked)) return 'lost'
  return ['open', 'offen'].includes(asked) ? 'open' : cell
}
/** Telephone numbers are written with spaces, and with 00 for the plus sign. */
const phone: ReadCell = (cell) => cell.replaceAll(/[\s().\-/\u00A0]/g, '').replace(/^00(?=[1-9])/, '+')
const website: ReadCell = (cell) => (/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(cell) ? `https://${cell}` : cell)
const word =
  (options: readonly string[]): ReadCell =>
  (cell) => {
    const asked = plainName(cell)
    return options.find((option) => plainName(option) === asked) ?? cell
  }

/** The member who looks after the record, by their e-mail address. */
const owner = text('owneremail', 'assignedto', 'salesrep', 'dealowner', 'opportunityowner')

const account = {
  name: text('company', 'companyname', 'account', 'accountname', 'firma', 'organization', 'organisation'),
  kind: read(word(AccountKind.options), 'type'),
  status: read(word(AccountStatus.options)),
  owner,
  email: text('mail', 'emailaddress'),
  phone: read(phone, 'telephone', 'phonenumber', 'tel', 'telefon'),
  website: read(website, 'url', 'homepage', 'web'),
  industry: text('sector', 'branche'),
  source: text('leadsource'),
  taxId: text('vat', 'vatid', 'vatnumber', 'taxnumber'),
  defaultCurrency: read(upper, 'currency'),
  paymentTermsDays: read(whole, 'paymentterms'),
  billingLine1: text('address', 'street', 'address1', 'billingstreet', 'strasse'),
  billingLine2: text('address2'),
  billingCity: text('city', 'town', 'ort', 'stadt'),
  billingRegion: text('state', 'region', 'province'),
  billingPostalCode: text('zip', 'zipcode', 'postcode', 'postalcode', 'plz'),
  billingCountry: read(upper, 'country', 'countrycode', 'land'),
  timeZone: text('tz'),
  locale: text('language'),
  description: text('notes', 'comment'),
} satisfies Record<string, ImportField>

const contact = {
  firstName: text('givenname', 'first', 'vorname'),
  lastName: text('surname', 'familyname', 'last', 'nachname'),
  jobTitle: text('title', 'position', 'role'),
  owner,
  status: read(word(ContactStatus.options)),
  doNotContact: read(yesOrNo, 'optout', 'unsubscribed'),
  timeZone: text('tz'),
  locale: text('language'),
  birthday: read(day, 'birthdate', 'dateofbirth', 'geburtstag'),
  email: text('mail', 'emailaddress', 'email1'),
  email2: text('secondemail', 'otheremail'),
  phone: read(phone, 'telephone', 'phonenumber', 'mobile', 'tel', 'telefon'),
  phone2: read(phone, 'otherphone', 'secondphone', 'workphone'),
  /** By its name, its e-mail address or its id; a company that is not there is an error of the cell. */
  company: text('account', 'accountname', 'companyname', 'organization', 'organisation', 'firma'),
  companyRole: text('accountrole'),
} satisfies Record<string, ImportField>

const lead = {
  kind: read(word(LeadKind.options), 'type'),
  status: read(word(OpenLeadStatus.options)),
  firstName: text('givenname', 'first', 'vorname'),
  lastName: text('surname', 'familyname', 'last', 'nachname', 'name'),
  company: text('companyname', 'organization', 'organisation', 'firma'),
  email: text('mail', 'emailaddress'),
  phone: read(phone, 'telephone', 'phonenumber', 'mobile', 'tel', 'telefon'),
  source: text('leadsource'),
  owner,
  unqualifiedReason: text('reason'),
  eventType: text('event', 'occasion'),
  wantedOn: read(day, 'date', 'eventdate', 'datum'),
  wantedVenue: text('venue', 'location'),
  guestCount: read(whole, 'guests', 'gaeste'),
  /** In the smallest unit of the currency, as everywhere. */
  budgetMinor: read(whole, 'budgetcents'),
  currency: read(upper),
  message: text('notes', 'comment', 'description'),
} satisfies Record<string, ImportField>

const catalogItem = {
  kind: read(word(CatalogItemKind.options), 'type'),
  name: text('item', 'product', 'productname', 'title', 'artikel', 'bezeichnung'),
  sku: text('itemnumber', 'productnumber', 'articlenumber', 'artikelnummer'),
  description: text('notes', 'comment', 'beschreibung'),
  unit: text('einheit'),
  /** In the smallest unit of the currency, as everywhere. */
  priceMinor: read(whole, 'pricecents'),
  currency: read(upper),
  /** In millionths: 190000 is 19 %. */
  taxPpm: read(whole),
  durationMinutes: read(whole, 'duration', 'minutes'),
  isActive: read(yesOrNo, 'active', 'aktiv'),
} satisfies Record<string, ImportField>

const opportunity = {
  name: text('opportunity', 'opportunityname', 'deal', 'dealname', 'dealtitle', 'title', 'subject'),
  /** By its name, its e-mail address or its id, as of a contact. */
  company: text(
    'account',
    'accountname',
    'accountid',
    'companyname',
    'organization',
    'organisation',
    'associatedcompany',
    'firma',
    'customer',
    'client',
  ),
  /** The same of a person. */
  contact: text('contactname', 'contactperson', 'associatedcontact', 'primarycontact', 'person', 'kontakt'),
  pipeline: text('pipelinename'),
  /** By its name, in the pipeline of the row or the default one. */
  stage: text('stagename', 'dealstage', 'phase'),
  /** `open`, `won` or `lost`: for files whose stages do not say so. */
  outcome: read(ending, 'status', 'dealstatus', 'result'),
  /** As people write it, in the currency of the row, of the cell or of the company. */
  amount: text('value', 'dealvalue', 'dealamount', 'betrag', 'wert'),
  /** In the smallest unit of the currency, as everywhere. */
  amountMinor: read((cell) => (/^\d{1,15}$/.test(cell) ? Number(cell) : cell), 'amountcents'),
  currency: read(upper, 'currencycode', 'currencyisocode', 'dealcurrency', 'waehrung'),
  probability: read(percent, 'dealprobability', 'wahrscheinlichkeit'),
  /** Of what is won or lost it is also the day on which it was closed, where `closedOn` does not say. */
  expectedCloseOn: read(day, 'expectedclose', 'expectedclosedate', 'closedate', 'closingdate', 'abschlussdatum'),
  closedOn: read(day, 'closeddate', 'dateclosed', 'actualclosedate', 'dealclosedon'),
  lostReason: text('lossreason', 'reasonlost', 'closedlostreason'),
  owner,
  nextStep: text('next'),
  eventType: text('event', 'occasion', 'type', 'dealtype'),
} satisfies Record<string, ImportField>

export const importKinds: Readonly<Record<ImportEntity, ImportKind>> = {
  account: { fields: account, create: AccountInput, patch: AccountPatch, keys: ['name', 'email', 'phone'] },
  contact: { fields: contact, create: ContactInput, patch: ContactPatch, keys: ['name', 'email', 'phone'] },
  lead: { fields: lead, create: LeadInput, patch: LeadPatch, keys: ['name', 'email', 'phone'] },
  catalog_item: { fields: catalogItem, create: CatalogItemInput, patch: CatalogItemPatch, keys: ['name', 'sku'] },
  opportunity: { fields: opportunity, create: OpportunityImport, patch: OpportunityImportPatch, keys: ['name'] },
}

/** The fields of a kind, with each custom field of the company as `custom.<key>`. */
export function importFieldsOf(entity: ImportEntity, custom: readonly CustomTarget[]): ImportKind['fields'] {
  const own = custom.map((field) => {
    const aliases = [plainName(field.key), plainName(field.label)]
    return [customFieldName(field.key), { aliases, read: readerOf(field) }] as const
  })
  return { ...importKinds[entity].fields, ...Object.fromEntries(own) }
}

type CustomTarget = Pick<CustomField, 'key' | 'label' | 'type' | 'options'>

/** What is chosen is named by its key or its label, and several of a kind as lists are written, or as exports write them. */
function readerOf({ type, options }: CustomTarget): ReadCell {
  const option = (cell: string) => {
    const asked = plainName(cell)
    return (
      options.find(({ key, label }) => asked !== '' && [key, label].some((name) => plainName(name) === asked))?.key ??
      cell
    )
  }
  switch (type) {
    case 'number':
    case 'decimal':
      return (cell) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(cell) ? Number(cell) : cell)
    case 'checkbox':
      return yesOrNo
    case 'date':
      return day
    case 'select':
      return option
    case 'multi_select':
      return (cell) =>
        cell
          .replaceAll(/[[\]"]/g, '')
          .split(/[,;|\n]/)
          .map((part) => part.trim())
          .filter(Boolean)
          .map(option)
    case 'url':
      return website
    case 'text':
    case 'long_text':
    case 'email':
      return asIs
  }
}

/** Fields by their names and by what people call them; the first column that fits a field gets it. */
export function suggestMapping(
  entity: ImportEntity,
  header: readonly string[],
  custom: readonly CustomTarget[] = [],
): ImportMapping {
  const taken = new Set<string>()
  const fields = Object.entries(importFieldsOf(entity, custom))
  const columnOf = (fits: (heading: string, name: string, field: ImportField) => boolean) =>
    header.flatMap((heading, column) => {
      const asked = plainName(heading)
      const found = fields.find(([name, field]) => !taken.has(name) && fits(asked, name, field))
      if (asked === '' || found === undefined || taken.has(`${column}`)) return []
      taken.add(found[0]).add(`${column}`)
      return [{ column, field: found[0] }]
    })
  // Whoever uses our own names means them.
  const exact = columnOf((heading, name) => heading === plainName(name))
  const alike = columnOf((heading, _name, { aliases }) => aliases.includes(heading))
  return [...exact, ...alike].toSorted((a, b) => a.column - b.column)
}

/** «E-Mail» is `email`, «Straße» is `strasse`. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
