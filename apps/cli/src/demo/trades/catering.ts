import { photoBooth } from './photo-booth.ts'
import type { Trade } from './trade.ts'

export const catering: Trade = {
  currency: 'USD',
  places: [
    {
      city: 'Chicago',
      region: 'IL',
      postalCode: '60607',
      country: 'US',
      timeZone: 'America/Chicago',
      locale: 'en-US',
      streets: ['W Randolph St', 'N Halsted St', 'S Wabash Ave'],
      phonePrefix: '+1312555011',
    },
    {
      city: 'Evanston',
      region: 'IL',
      postalCode: '60201',
      country: 'US',
      timeZone: 'America/Chicago',
      locale: 'en-US',
      streets: ['Davis St', 'Sherman Ave'],
      phonePrefix: '+1847555013',
    },
  ],
  companies: [
    { name: 'Lakeshore Law Group', industry: 'Legal', titles: ['Office Manager'] },
    { name: 'Prairie Arts Center', industry: 'Arts', titles: ['House Manager', 'Development Director'] },
    { name: 'Halsted Hardware Week', industry: 'Trade fair', titles: ['Show Manager'] },
    { name: 'Union Loft', industry: 'Venue', titles: ['Venue Manager'] },
    { name: 'North Shore Hospital', industry: 'Health care', titles: ['Events Coordinator'] },
    { name: 'Wabash Analytics', industry: 'Technology', titles: ['People Partner'] },
    { name: 'Marigold Weddings', industry: 'Wedding planning', titles: ['Lead Planner'] },
  ],
  offers: [
    { eventType: 'Wedding', name: 'Wood-fired dinner, {who}', price: [6500, 18500], buyer: 'private' },
    { eventType: 'Anniversary', name: 'Family table, {who}', price: [1800, 4200], buyer: 'private' },
    { eventType: 'Conference', name: 'Two days of catering, {who}', price: [4800, 14000], buyer: 'company' },
    { eventType: 'Reception', name: 'Standing reception, {who}', price: [2400, 6800], buyer: 'company' },
  ],
  sources: ['Referral', 'Venue partner', 'Google', 'Tasting evening'],
  nextSteps: ['Arrange a tasting', 'Send two menus', 'Confirm the head count', 'Check the kitchen of the venue'],
  lostReasons: ['Price', 'Date not available', 'In-house caterer', 'Event cancelled'],
  pipeline: photoBooth.pipeline,
}
