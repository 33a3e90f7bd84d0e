import type { TradeName } from '@tenantry/contracts/new-tenant'
import { pipelineOf, type TradeStart } from './trade.ts'

const photoBooth: TradeStart = {
  pipeline: pipelineOf(
    'Bookings',
    [
      ['Inquiry', 10, 'pipeline', 7, 'slate'],
      ['Proposal sent', 35, 'pipeline', 10, 'blue'],
      ['Date held', 60, 'best_case', 14, 'amber'],
      ['Contract out', 85, 'commit', 10, 'violet'],
    ],
    { won: 'Booked', lost: 'Lost' },
  ),
  catalogue: [
    { kind: 'package', name: 'Photo booth, three hours', unit: 'event', durationMinutes: 180 },
    { kind: 'package', name: 'Photo booth, five hours', unit: 'event', durationMinutes: 300 },
    { kind: 'add_on', name: 'Extra hour', unit: 'hour', durationMinutes: 60 },
    { kind: 'add_on', name: 'Guest book', unit: 'each', durationMinutes: null },
    { kind: 'service', name: 'Attendant', unit: 'hour', durationMinutes: 60 },
    { kind: 'fee', name: 'Travel', unit: 'event', durationMinutes: null },
  ],
}

const dj: TradeStart = {
  pipeline: pipelineOf(
    'Gigs',
    [
      ['Request', 15, 'pipeline', 5, 'slate'],
      ['Offer sent', 40, 'pipeline', 10, 'blue'],
      ['Option', 70, 'best_case', 14, 'amber'],
    ],
    { won: 'Booked', lost: 'Declined' },
  ),
  catalogue: [
    { kind: 'package', name: 'DJ set, four hours', unit: 'event', durationMinutes: 240 },
    { kind: 'package', name: 'DJ set, whole night', unit: 'event', durationMinutes: 480 },
    { kind: 'add_on', name: 'Sound system', unit: 'event', durationMinutes: null },
    { kind: 'add_on', name: 'Lights', unit: 'event', durationMinutes: null },
    { kind: 'service', name: 'Extra hour', unit: 'hour', durationMinutes: 60 },
    { kind: 'fee', name: 'Travel', unit: 'event', durationMinutes: null },
  ],
}

const venue: TradeStart = {
  pipeline: pipelineOf(
    'Hire',
    [
      ['Enquiry', 10, 'pipeline', 5, 'slate'],
      ['Viewing', 30, 'pipeline', 14, 'blue'],
      ['Provisional hold', 55, 'best_case', 14, 'amber'],
      ['Agreement out', 80, 'commit', 10, 'violet'],
    ],
    { won: 'Confirmed', lost: 'Lost' },
  ),
  catalogue: [
    { kind: 'package', name: 'Hall, day hire', unit: 'day', durationMinutes: 720 },
    { kind: 'package', name: 'Hall, evening hire', unit: 'evening', durationMinutes: 360 },
    { kind: 'add_on', name: 'Bar staff', unit: 'person', durationMinutes: null },
    { kind: 'service', name: 'Set-up', unit: 'hour', durationMinutes: 60 },
    { kind: 'fee', name: 'Cleaning', unit: 'event', durationMinutes: null },
    { kind: 'fee', name: 'Security deposit', unit: 'event', durationMinutes: null },
  ],
}

const caterer: TradeStart = {
  pipeline: pipelineOf(
    'Catering',
    [
      ['Inquiry', 10, 'pipeline', 5, 'slate'],
      ['Menu proposed', 35, 'pipeline', 10, 'blue'],
      ['Tasting', 60, 'best_case', 14, 'amber'],
      ['Order out', 85, 'commit', 7, 'violet'],
    ],
    { won: 'Ordered', lost: 'Lost' },
  ),
  catalogue: [
    { kind: 'package', name: 'Buffet', unit: 'guest', durationMinutes: null },
    { kind: 'package', name: 'Three courses', unit: 'guest', durationMinutes: null },
    { kind: 'add_on', name: 'Drinks', unit: 'guest', durationMinutes: null },
    { kind: 'service', name: 'Waiting staff', unit: 'hour', durationMinutes: 60 },
    { kind: 'fee', name: 'Delivery', unit: 'event', durationMinutes: null },
  ],
}

export const tradeStarts: Record<TradeName, TradeStart> = { photo_booth: photoBooth, dj, venue, caterer }
