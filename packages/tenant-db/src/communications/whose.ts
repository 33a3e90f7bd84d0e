import { accounts } from '../accounts/table.ts'
import { whoseAccounts } from '../accounts/whose.ts'
import { contacts } from '../contacts/table.ts'
import { whoseContacts } from '../contacts/whose.ts'
import { contracts } from '../contracts/table.ts'
import { whoseContracts } from '../contracts/whose.ts'
import { events } from '../events/table.ts'
import { whoseEvents } from '../events/whose.ts'
import { invoices } from '../invoices/table.ts'
import { whoseInvoices } from '../invoices/whose.ts'
import { leads } from '../leads/table.ts'
import { whoseLeads } from '../leads/whose.ts'
import { opportunities } from '../opportunities/table.ts'
import { whoseOpportunities } from '../opportunities/whose.ts'
import { quotes } from '../quotes/table.ts'
import { whoseQuotes } from '../quotes/whose.ts'
import { recordLinks } from '../record-links/table.ts'
import { byAuthor } from '../row-access/belonging.ts'
import { fewRows, type Through, type Whose } from '../row-access/own-rows.ts'
import { communications } from './table.ts'

/** What nobody has written is theirs whose the records are that it is about: see `rowAccessOfMessages`. */
export const whoseMessages: Whose = {
  kind: 'communication',
  belonging: byAuthor(communications.createdBy, communications.id),
  few: fewRows,
  through: [
    about({ table: accounts, whose: whoseAccounts, pointer: recordLinks.accountId }),
    about({ table: contacts, whose: whoseContacts, pointer: recordLinks.contactId }),
    about({ table: leads, whose: whoseLeads, pointer: recordLinks.leadId }),
    about({ table: opportunities, whose: whoseOpportunities, pointer: recordLinks.opportunityId }),
    about({ table: events, whose: whoseEvents, pointer: recordLinks.eventId }),
    about({ table: quotes, whose: whoseQuotes, pointer: recordLinks.quoteId }),
    about({ table: contracts, whose: whoseContracts, pointer: recordLinks.contractId }),
    about({ table: invoices, whose: whoseInvoices, pointer: recordLinks.invoiceId }),
  ],
}

function about(through: Omit<Through, 'id'>): Through {
  return { ...through, id: recordLinks.communicationId }
}
