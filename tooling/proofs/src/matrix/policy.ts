import type { AppRouter } from '@tenantry/api/router'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { inferRouterInputs } from '@trpc/server'
import { withPath } from './with-path.ts'

type Inputs = inferRouterInputs<AppRouter>
/** Every procedure of the router as `router.procedure`. */
export type ProcedurePath = { [R in keyof Inputs]: `${R}.${keyof Inputs[R] & string}` }[keyof Inputs]

/**
 * Who calls. `suspended` owns a tenant that is suspended, `other` owns a tenant that is not the one whose rows are asked for.
 * `operator` runs the installation and belongs to no tenant, `operatorMember` also only reads in the first one as a member,
 * `support` is an operator who works in it by support access, `limited` a member who reaches their own records only and has
 * none.
 */
export const callers = [
  'anonymous',
  'owner',
  'admin',
  'member',
  'read_only',
  'removed',
  'suspended',
  'other',
  'operator',
  'operatorMember',
  'support',
  'limited',
] as const
export type Caller = (typeof callers)[number]

/** Which row is named: of the first tenant, of its neighbour in the same database, of a tenant elsewhere, none at all. */
export const rows = ['own', 'sameDatabase', 'elsewhere', 'missing', 'malformed'] as const
export type Row = (typeof rows)[number]

export type Decision = 'ok' | ErrorCode
/** A limited member is a member: what differs is which rows are theirs. */
export interface Rule extends Record<Exclude<Caller, 'limited'>, Decision> {
  /** How a caller who may call learns that a row is not theirs; absent for a procedure that names no row. */
  notYours?: Decision
  /** A row of any tenant is as good as one of the first. */
  reachesAll?: true
  /** Each row is one person’s, and nobody else’s in the company either. */
  isPersonal?: true
  /** A row is only theirs who belong to the tenant, which support access does not make anybody. */
  membersOnly?: true
}

const anyRole = {
  owner: 'ok',
  admin: 'ok',
  member: 'ok',
  read_only: 'ok',
  other: 'ok',
  operatorMember: 'ok',
  support: 'ok',
} as const
/** An operator who is no member is nowhere, like somebody who was removed. */
const outside = { anonymous: 'NOT_SIGNED_IN', removed: 'NO_TENANT', operator: 'NO_TENANT' } as const
const readers = { read_only: 'FORBIDDEN', operatorMember: 'FORBIDDEN', support: 'FORBIDDEN' } as const

/** One's own sign-in: needs no tenant. */
const own = {
  ...anyRole,
  anonymous: 'NOT_SIGNED_IN',
  removed: 'ok',
  suspended: 'ok',
  operator: 'ok',
} as const satisfies Rule
const see = { ...anyRole, ...outside, suspended: 'ok' } as const satisfies Rule
const write = { ...anyRole, ...outside, ...readers, suspended: 'TENANT_SUSPENDED' } as const satisfies Rule
/** Whole lists at once: whoever only reads goes on reading, page by page. */
const takeAway = { ...see, ...readers } as const satisfies Rule
const manage = { ...write, member: 'FORBIDDEN' } as const satisfies Rule
/** What people keep for themselves: also those who change no record. */
const keep = { ...write, read_only: 'ok', operatorMember: 'ok' } as const satisfies Rule
/** What is the company's own among things that people keep: to others it is not there. */
const ofCompany = {
  ...keep,
  member: 'NOT_FOUND',
  read_only: 'NOT_FOUND',
  operatorMember: 'NOT_FOUND',
} as const satisfies Rule
const oversee = { ...see, ...readers, member: 'FORBIDDEN' } as const satisfies Rule

/** The console: nobody's role in a company opens it, and no company closes it. */
const operate = {
  anonymous: 'NOT_SIGNED_IN',
  owner: 'FORBIDDEN',
  admin: 'FORBIDDEN',
  member: 'FORBIDDEN',
  read_only: 'FORBIDDEN',
  removed: 'FORBIDDEN',
  suspended: 'FORBIDDEN',
  other: 'FORBIDDEN',
  operator: 'ok',
  operatorMember: 'ok',
  support: 'ok',
} as const satisfies Rule

/** Whoever has the link, signed in or not, and however their own company fares. */
const link = { ...anyRole, anonymous: 'ok', removed: 'ok', suspended: 'ok', operator: 'ok' } as const satisfies Rule
const record = { notYours: 'NOT_FOUND' } as const
const anyTenant = { ...record, reachesAll: true } as const
/** A new record that points at another one: the pointer is refused, not the record. */
const pointer = { notYours: 'RULE_VIOLATED' } as const

/** Somebody’s own, who is no caller. */
const personal = { ...record, isPersonal: true } as const

/** Answered row by row, so the call succeeds; of a row that is not theirs nothing is said and nothing changed. */
const perRow = { notYours: 'ok' } as const
/** A link opens one document for everybody; one that leads nowhere is answered alike, wherever it does not lead. */
const token = { notYours: 'LINK_NOT_VALID' } as const

/** Who may do what. Written by hand, compared with what the running system decides. */
export const policy = {
  'session.view': own,
  'session.list': own,
  /** Whether there is such a company is nobody's business who does not belong to it. */
  'session.switchTenant': { ...own, notYours: 'FORBIDDEN', membersOnly: true },
  'session.signOut': own,
  'session.signOutEverywhere': own,

  'tenant.settings': see,
  'tenant.updateSettings': manage,
  'tenant.dataSource': oversee,
  'tenant.diagnose': oversee,
  'tenant.testDataSource': oversee,

  'members.list': see,
  'members.add': manage,
  'members.setRole': { ...manage, ...record },
  'members.setStatus': { ...manage, ...record },
  'members.access': oversee,
  'members.setRoleAccess': manage,
  'members.setAccess': { ...manage, ...record },
  'members.addTeam': manage,
  'members.renameTeam': { ...manage, ...record },
  'members.removeTeam': { ...manage, ...record },

  'exports.csv': takeAway,

  'imports.upload': write,
  'imports.list': see,
  'imports.count': see,
  'imports.byId': { ...see, ...record },
  'imports.rows': { ...see, ...record },
  'imports.setMapping': { ...write, ...record },
  'imports.fixRow': { ...write, ...record },
  'imports.validate': { ...write, ...record },
  'imports.start': { ...write, ...record },
  'imports.pause': { ...write, ...record },
  'imports.resume': { ...write, ...record },
  'imports.revert': { ...write, ...record },
  'imports.remove': { ...write, ...record },
  'imports.bulkRemove': { ...write, ...perRow },

  'apiKeys.list': oversee,
  'apiKeys.create': manage,
  'apiKeys.revoke': { ...manage, ...record },

  'webhooks.list': oversee,
  'webhooks.create': manage,
  'webhooks.patch': { ...manage, ...record },
  'webhooks.disable': { ...manage, ...record },
  'webhooks.enable': { ...manage, ...record },
  'webhooks.remove': { ...manage, ...record },
  'webhooks.rotateSecret': { ...manage, ...record },
  'webhooks.test': { ...manage, ...record },
  'webhooks.deliveries': { ...oversee, ...record },
  'webhooks.redeliver': { ...manage, ...record },
  'calendarFeeds.list': see,
  'calendarFeeds.create': keep,
  'calendarFeeds.rotate': { ...ofCompany, ...record },
  'calendarFeeds.revoke': { ...ofCompany, ...record },

  'inboundAddresses.list': oversee,
  'inboundAddresses.create': manage,
  'inboundAddresses.replaceSecret': { ...manage, ...record },
  'inboundAddresses.remove': { ...manage, ...record },

  'audit.list': oversee,

  /** Empty for a record that is not theirs, as for one that does not exist. */
  'dashboard.overview': see,
  'about.timeline': { ...see, ...perRow },

  'support.live': see,
  'support.list': oversee,
  /** A company that is suspended may show an operator out. */
  'support.end': { ...oversee, ...record },

  ...recordPolicy('accounts', { ...write, ...pointer }),
  'accounts.duplicates': { ...see, ...record },
  'accounts.merge': { ...write, ...record },
  ...recordPolicy('contacts', { ...write, ...pointer }),
  'contacts.duplicates': { ...see, ...record },
  'contacts.merge': { ...write, ...record },
  ...recordPolicy('opportunities', { ...write, ...pointer }),
  'opportunities.board': see,
  'opportunities.stageHistory': { ...see, ...record },
  'opportunities.lines': { ...see, ...record },
  'opportunities.setLines': { ...write, ...record },
  'opportunities.move': { ...write, ...record },

  ...recordPolicy('leads', write),
  'leads.candidates': { ...see, ...record },
  'leads.convert': { ...write, ...record },
  ...recordPolicy('events', { ...write, ...pointer }),
  'events.setStatus': { ...write, ...record },
  ...recordPolicy('eventDates', { ...write, ...pointer }),
  ...recordPolicy('resources', { ...write, ...pointer }),
  'bookings.list': see,
  'bookings.count': see,
  'bookings.byId': { ...see, ...record },
  'bookings.timeline': { ...see, ...record },
  'bookings.patch': { ...write, ...record },
  'bookings.book': { ...write, ...pointer },
  'bookings.blackOut': { ...write, ...pointer },
  'bookings.confirm': { ...write, ...record },
  'bookings.release': { ...write, ...record },
  'bookings.bulkPatch': { ...write, ...perRow },
  'bookings.bulkConfirm': { ...write, ...perRow },
  'bookings.bulkRelease': { ...write, ...perRow },
  ...recordPolicy('tasks', { ...write, ...pointer }),
  'tasks.plan': { ...write, ...record },
  'tasks.reminders': see,
  ...settingPolicy('taskTemplates'),
  ...settingPolicy('customFields'),
  'customFields.reorder': { ...manage, ...pointer },
  ...recordPolicy('notes', { ...write, ...pointer }),
  /** Empty for a message that is not theirs. */
  'communications.mails': { ...see, ...perRow },
  ...recordPolicy('communications', { ...write, ...pointer }),
  ...keptPolicy('attachments', write, record),
  'attachments.upload': { ...write, ...pointer },
  'attachments.download': { ...see, ...record },
  'attachments.preview': { ...see, ...record },
  ...recordPolicy('locations', { ...write, ...pointer }),
  ...recordPolicy('catalogItems', write),

  'quotes.pdf': { ...see, ...record },
  ...recordPolicy('quotes', { ...write, ...pointer }),
  'quotes.send': { ...write, ...record },
  'quotes.mail': { ...write, ...record },
  'quotes.revise': { ...write, ...record },
  'quotes.accept': { ...write, ...record },
  'quotes.decline': { ...write, ...record },
  'quotes.withdraw': { ...write, ...record },
  'quotes.issueContract': { ...write, ...record },
  'contracts.pdf': { ...see, ...record },
  ...recordPolicy('contracts', { ...write, ...pointer }),
  'contracts.send': { ...write, ...record },
  'contracts.mail': { ...write, ...record },
  'contracts.void': { ...write, ...record },
  'invoices.pdf': { ...see, ...record },
  ...recordPolicy('invoices', { ...write, ...pointer }),
  'invoices.issue': { ...write, ...record },
  'invoices.link': { ...write, ...record },
  'invoices.mail': { ...write, ...record },
  'invoices.void': { ...manage, ...record },
  'invoices.writeOff': { ...manage, ...record },
  'invoices.credit': { ...manage, ...record },
  'payments.list': see,
  'payments.count': see,
  'payments.byId': { ...see, ...record },
  'payments.timeline': { ...see, ...record },
  'payments.record': { ...write, ...pointer },
  'payments.allocate': { ...write, ...record },
  'payments.settle': { ...manage, ...record },
  'payments.cancel': { ...manage, ...record },
  'payments.refund': { ...manage, ...record },
  'numberSeries.list': see,
  'numberSeries.change': manage,

  'public.quote': { ...link, ...token },
  'public.quotePdf': { ...link, ...token },
  'public.seeQuote': { ...link, ...token },
  'public.acceptQuote': { ...link, ...token },
  'public.declineQuote': { ...link, ...token },
  'public.openContract': { ...link, ...token },
  'public.contract': { ...link, ...token },
  'public.contractPdf': { ...link, ...token },
  'public.seeContract': { ...link, ...token },
  'public.signContract': { ...link, ...token },
  'public.declineContract': { ...link, ...token },
  'public.openInvoice': { ...link, ...token },
  'public.invoice': { ...link, ...token },
  'public.invoicePdf': { ...link, ...token },
  'public.seeInvoice': { ...link, ...token },
  'public.payInvoice': { ...link, ...token },

  ...settingPolicy('pipelines'),

  'people.list': see,

  ...keptPolicy('savedViews', keep, personal),
  'savedViews.create': keep,

  'operator.summary': operate,
  'operator.tenants': operate,
  'operator.runs': operate,
  'operator.tenant': { ...operate, ...anyTenant },
  'operator.audit': { ...operate, ...anyTenant },
  'operator.diagnose': { ...operate, ...anyTenant },
  'operator.check': { ...operate, ...anyTenant },
  'operator.invalidate': { ...operate, ...anyTenant },
  'operator.setStatus': { ...operate, ...anyTenant },
  'operator.openSupport': { ...operate, ...anyTenant },
  /** The access of another operator is nothing to work by, and any operator's to end. */
  'operator.enterSupport': { ...operate, ...record },
  'operator.leaveSupport': operate,
  'operator.endSupport': { ...operate, ...anyTenant },
} as const satisfies Record<ProcedurePath, Rule>

/**
 * The procedures that every kind of record has. Only `create` differs: its input points at a record of somebody else or
 * it does not.
 */
function recordPolicy<Name extends string, Create extends Rule>(name: Name, create: Create) {
  return { ...keptPolicy(name, write, record), ...withPath(name, 'create', create) }
}

/** The same for what a company sets up for itself. */
function settingPolicy<Name extends string>(name: Name) {
  return { ...keptPolicy(name, manage, record), ...withPath(name, 'create', manage) }
}

/** The same for what is made in another way: `change` says who changes one, `whose` what a row is to somebody else. */
function keptPolicy<Name extends string, Change extends Rule, Whose extends typeof record | typeof personal>(
  name: Name,
  change: Change,
  whose: Whose,
) {
  return {
    ...withPath(name, 'list', see),
    ...withPath(name, 'count', see),
    ...withPath(name, 'byId', { ...see, ...whose }),
    ...withPath(name, 'timeline', { ...see, ...whose }),
    ...withPath(name, 'patch', { ...change, ...whose }),
    ...withPath(name, 'archive', { ...change, ...whose }),
    ...withPath(name, 'unarchive', { ...change, ...whose }),
    ...withPath(name, 'remove', { ...change, ...whose }),
    ...withPath(name, 'restore', { ...change, ...whose }),
    ...withPath(name, 'bulkPatch', { ...change, ...perRow }),
    ...withPath(name, 'bulkRemove', { ...change, ...perRow }),
    ...withPath(name, 'undo', { ...change, ...whose }),
  }
}

/** What the policy expects of one cell of the matrix; `undefined` for a row that the procedure cannot name. */
export function expectedDecision(path: ProcedurePath, caller: Caller, row: Row): Decision | undefined {
  const rule: Rule = policy[path]
  const decided = rule[caller === 'limited' ? 'member' : caller]
  if (rule.notYours === undefined) return row === 'own' ? decided : undefined
  // Who is told that it is not there had to name something.
  if (decided !== 'ok') return decided === rule.notYours && row === 'malformed' ? 'BAD_INPUT' : decided
  if (row === 'malformed') return 'BAD_INPUT'
  if (opensByLink(path)) return row === 'own' ? 'ok' : rule.notYours
  if (rule.reachesAll && (row === 'sameDatabase' || row === 'elsewhere')) return 'ok'
  if (rule.reachesAll && row === 'own') return 'ok'
  if (rule.isPersonal) return rule.notYours
  if (caller === 'limited' && row === 'own') return isEverybodys(path) ? 'ok' : rule.notYours
  const isMember = caller !== 'other' && caller !== 'removed' && caller !== 'operator'
  const isTheirs =
    row === 'own' &&
    (rule === policy['operator.enterSupport'] || isMember) &&
    !(rule.membersOnly && caller === 'support')
  return isTheirs ? 'ok' : rule.notYours
}

/** What the row belongs to is a company and not a person. */
function isEverybodys(path: ProcedurePath): boolean {
  if (path === 'locations.create') return false
  return (
    path === 'bookings.blackOut' ||
    /^(locations|resources|catalogItems|pipelines|taskTemplates|customFields|session)\./.test(path)
  )
}

/** Its caller is known by a link alone, so their own company neither helps nor harms. */
export function opensByLink(path: ProcedurePath): boolean {
  return path.startsWith('public.')
}

/**
 * The same at the command line, where an operator calls in the first company and is nobody of it: they have no sign-in, no
 * link and nothing of their own, and their access to a company is for a member to end.
 */
export function expectedAtCommandLine(path: ProcedurePath, row: 'own' | 'sameDatabase'): Decision | undefined {
  const rule: Rule = policy[path]
  if (/^(session|operator|public)\./.test(path)) return row === 'own' ? 'NOT_SIGNED_IN' : undefined
  if (path === 'support.end' || path === 'calendarFeeds.create') return row === 'own' ? 'FORBIDDEN' : undefined
  if (rule.isPersonal) return rule.notYours
  return row === 'own' ? 'ok' : rule.notYours
}
