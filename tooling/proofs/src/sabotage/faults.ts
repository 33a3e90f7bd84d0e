import { apiFaults } from './faults/api.ts'
import { bookingFaults } from './faults/bookings.ts'
import { connectionFaults } from './faults/connections.ts'
import { contractFaults } from './faults/contracts.ts'
import { credentialFaults } from './faults/credentials.ts'
import { customFieldFaults } from './faults/custom-fields.ts'
import { dataSourceFaults } from './faults/data-sources.ts'
import { databaseFaults } from './faults/databases.ts'
import { dashboardFaults } from './faults/dashboards.ts'
import { fileFaults } from './faults/files.ts'
import { fleetFaults } from './faults/fleet.ts'
import { gateFaults } from './faults/gates.ts'
import { healthFaults } from './faults/health.ts'
import { keyFaults } from './faults/keys.ts'
import { linkFaults } from './faults/links.ts'
import { observationFaults } from './faults/observation.ts'
import { mailFaults } from './faults/mail.ts'
import { mergeFaults } from './faults/merges.ts'
import { paymentFaults } from './faults/payments.ts'
import { rowAccessFaults } from './faults/row-access.ts'
import { taskTemplateFaults } from './faults/task-templates.ts'
import { sessionFaults } from './faults/sessions.ts'
import { supportFaults } from './faults/support.ts'
import { tenantFaults } from './faults/tenants.ts'
import { transferFaults } from './faults/transfer.ts'
import { importFaults } from './faults/imports.ts'
import { inboundFaults } from './faults/inbound.ts'
import { searchFaults } from './faults/searches.ts'
import { webhookFaults } from './faults/webhooks.ts'
import type { Fault } from './fault.ts'

export const faults: Fault[] = [
  ...databaseFaults,
  ...dataSourceFaults,
  ...healthFaults,
  ...credentialFaults,
  ...keyFaults,
  ...observationFaults,
  ...connectionFaults,
  ...sessionFaults,
  ...supportFaults,
  ...rowAccessFaults,
  ...mergeFaults,
  ...paymentFaults,
  ...mailFaults,
  ...webhookFaults,
  ...inboundFaults,
  ...importFaults,
  ...linkFaults,
  ...fileFaults,
  ...contractFaults,
  ...dashboardFaults,
  ...searchFaults,
  ...taskTemplateFaults,
  ...bookingFaults,
  ...customFieldFaults,
  ...tenantFaults,
  ...transferFaults,
  ...apiFaults,
  ...fleetFaults,
  ...gateFaults,
]
