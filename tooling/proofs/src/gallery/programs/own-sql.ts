import { refused, type Program } from '../program.ts'
import { businessQuery, withHandles } from './openings.ts'

const builders = [
  'select()',
  'insert({})',
  'update({})',
  'delete({})',
  "execute('select 1')",
  'query.accounts',
  '_.fullSchema',
  '$client',
]
const private_ = ['#access', '#hashPassword']

/** A handle is a set of repositories: no builder, no driver, no text of SQL can be had from it. */
export const ownSql: Program[] = [
  ...builders.map((member) =>
    refused(
      'packages/api',
      `the application database is asked for .${member}`,
      withHandles(`appDb.⟦${member} ⇒ audit⟧`),
      2339,
      `Property '${nameOf(member)}' does not exist on type 'AppDb'.`,
    ),
  ),
  ...builders.map((member) =>
    refused(
      'packages/api',
      `a tenant's database is asked for .${member}`,
      withHandles(`writer.⟦${member} ⇒ accounts⟧`),
      2339,
      `Property '${nameOf(member)}' does not exist on type 'TenantDb'.`,
    ),
  ),
  ...private_.map((field) =>
    refused(
      'packages/api',
      `the private field ${field} of the application database is read`,
      withHandles(`appDb.⟦${field} ⇒ audit⟧`),
      18013,
      `Property '${field}' is not accessible outside class 'AppDb'`,
    ),
  ),
  refused(
    'packages/api',
    'the executor of a repository is read',
    withHandles('reader.accounts.⟦#executor ⇒ list⟧'),
    18013,
    "Property '#executor' is not accessible outside class 'RecordsReader'",
  ),
  refused(
    'packages/api',
    'a private field is named in brackets',
    withHandles("reader.accounts[⟦'#executor' ⇒ 'list'⟧]"),
    7053,
    "Property '#executor' does not exist on type 'AccountsReader'.",
  ),
  refused(
    'packages/api',
    'SQL is written behind a handle',
    withHandles('reader⟦`select * from crm.accounts` ⇒ .accounts⟧'),
    2349,
    'This expression is not callable.',
  ),
  refused(
    'packages/api',
    'a list is given a condition in SQL',
    businessQuery("ctx.tenantDb.accounts.list({ ...input⟦, where: 'true' ⇒ ⟧ })"),
    2353,
    "'where' does not exist in type",
  ),
  refused(
    'packages/api',
    'a list is sorted by a piece of SQL',
    businessQuery("ctx.tenantDb.accounts.list({ ...input, sort: ⟦'name; drop schema crm' ⇒ 'name'⟧ })"),
    2322,
    '"name; drop schema crm"',
  ),
  refused(
    'packages/api',
    'a router takes the services from its context by a symbol of its own',
    businessQuery("ctx⟦[Symbol.for('services')] ⇒ .tenantDb⟧"),
    7053,
    "can't be used to index type",
  ),
]

function nameOf(member: string): string {
  return /^[\w$]+/.exec(member)?.[0] ?? member
}
