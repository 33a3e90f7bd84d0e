import type { PipelineInput } from '@tenantry/contracts/pipelines'

/** What the demo of one trade is made of: whom it sells to, what it sells, and how its deals go. */
export interface Trade {
  /** Currency of offers and, with `line`, the phone numbers of a place; numbers come from ranges kept for fiction. */
  currency: string
  places: [Place, ...Place[]]
  /** Companies that book again and again. */
  companies: [Company, ...Company[]]
  offers: [Offer, ...Offer[]]
  sources: [string, ...string[]]
  nextSteps: [string, ...string[]]
  lostReasons: [string, ...string[]]
  pipeline: PipelineInput
}

export interface Place {
  city: string
  region: string | null
  postalCode: string
  country: string
  timeZone: string
  locale: string
  streets: [string, ...string[]]
  /** International number up to the last three digits. */
  phonePrefix: string
}

export interface Company {
  name: string
  industry: string
  /** Titles of the people one talks to there. */
  titles: [string, ...string[]]
}

export interface Offer {
  eventType: string
  /** `{who}` is the couple, family or company. */
  name: string
  /** Whole currency units, lowest and highest. */
  price: [number, number]
  buyer: 'company' | 'private'
}
