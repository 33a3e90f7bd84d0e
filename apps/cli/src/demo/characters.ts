import type { Role } from '@tenantry/contracts/roles'
import { catering } from './trades/catering.ts'
import { dj } from './trades/dj.ts'
import { photoBooth } from './trades/photo-booth.ts'
import type { Trade } from './trades/trade.ts'
import { venue } from './trades/venue.ts'

/** Printed at every start; the demo listens on this machine only. */
export const demoPassword = 'let-me-show-you'

export interface Character {
  slug: string
  name: string
  trade: string
  timeZone: string
  locale: string
  currency: string
  /** Where the data lives: which of the demo's servers, which database there, alone or with others. */
  home: { server: 'north' | 'south'; database: string; placement: 'dedicated' | 'shared' } | 'unreachable'
  /** The key of the keyring the credentials are sealed under. */
  sealedUnder: 'newest' | 'older'
  records: { source: Trade; seed: number; accounts: number; contacts: number; opportunities: number }
  /** One line for the summary. */
  remark: string
}

export const characters: Character[] = [
  {
    slug: 'acme',
    name: 'Acme Photo Booths',
    trade: 'photo_booth',
    timeZone: 'America/Los_Angeles',
    locale: 'en-US',
    currency: 'USD',
    home: { server: 'north', database: 'acme', placement: 'dedicated' },
    sealedUnder: 'newest',
    records: { source: photoBooth, seed: 11, accounts: 60, contacts: 120, opportunities: 80 },
    remark: 'its own database on its own server',
  },
  {
    slug: 'bloom',
    name: 'Bloom Sound',
    trade: 'dj',
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
    currency: 'EUR',
    home: { server: 'south', database: 'shared', placement: 'shared' },
    sealedUnder: 'newest',
    records: { source: dj, seed: 22, accounts: 24, contacts: 40, opportunities: 30 },
    remark: 'shares a database with cedar, kept apart by row-level security',
  },
  {
    slug: 'cedar',
    name: 'Cedar House',
    trade: 'venue',
    timeZone: 'Europe/London',
    locale: 'en-GB',
    currency: 'GBP',
    home: { server: 'south', database: 'shared', placement: 'shared' },
    sealedUnder: 'newest',
    records: { source: venue, seed: 33, accounts: 24, contacts: 40, opportunities: 30 },
    remark: 'shares a database with bloom, kept apart by row-level security',
  },
  {
    slug: 'dune',
    name: 'Dune Events',
    trade: 'photo_booth',
    timeZone: 'America/Denver',
    locale: 'en-US',
    currency: 'USD',
    home: 'unreachable',
    sealedUnder: 'newest',
    records: { source: photoBooth, seed: 44, accounts: 0, contacts: 0, opportunities: 0 },
    remark: 'its server is away on purpose: see how the CRM takes it',
  },
  {
    slug: 'ember',
    name: 'Ember & Oak Catering',
    trade: 'caterer',
    timeZone: 'America/Chicago',
    locale: 'en-US',
    currency: 'USD',
    home: { server: 'south', database: 'ember', placement: 'dedicated' },
    sealedUnder: 'older',
    records: { source: catering, seed: 55, accounts: 16, contacts: 24, opportunities: 18 },
    remark: 'its credential is still sealed under the older key k1',
  },
]

export interface Person {
  email: string
  name: string
  /** Role per company; most people have one company. */
  roles: Partial<Record<string, Role>>
}

export const people: Person[] = [
  { email: 'ada@acme.example', name: 'Ada Moreno', roles: { acme: 'owner' } },
  { email: 'ben@acme.example', name: 'Ben Okafor', roles: { acme: 'admin', bloom: 'read_only' } },
  { email: 'chloe@acme.example', name: 'Chloe Nguyen', roles: { acme: 'member' } },
  { email: 'dev@acme.example', name: 'Dev Patel', roles: { acme: 'read_only' } },
  { email: 'ivy@bloom.example', name: 'Ivy Laurent', roles: { bloom: 'owner' } },
  { email: 'jan@bloom.example', name: 'Jan Becker', roles: { bloom: 'member' } },
  { email: 'finn@cedar.example', name: 'Finn Gallagher', roles: { cedar: 'owner' } },
  { email: 'grace@cedar.example', name: 'Grace Kim', roles: { cedar: 'member' } },
  { email: 'hana@dune.example', name: 'Hana Suzuki', roles: { dune: 'owner' } },
  { email: 'omar@ember.example', name: 'Omar Haddad', roles: { ember: 'owner' } },
]

/** Runs the installation and belongs to no company. */
export const demoOperator = { email: 'opal@tenantry.example', name: 'Opal Reyes' }
