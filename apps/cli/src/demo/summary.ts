import type { Role } from '@tenantry/contracts/roles'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'
import { characters, demoOperator, demoPassword, people } from './characters.ts'

export interface DemoSummary {
  url: string
  password: string
  signIns: { email: string; name: string; roles: Partial<Record<string, Role>> }[]
  /** Uses the operator console, with the same password. */
  operator: { email: string; name: string }
  tenants: { slug: string; name: string; address: string; placement: string; remark: string }[]
  readySeconds: number
  logFile: string
}

export function summarize(facts: {
  url: string
  addressOf: (slug: string) => string
  readySeconds: number
  logFile: string
}): DemoSummary {
  return {
    url: facts.url,
    password: demoPassword,
    signIns: people,
    operator: demoOperator,
    tenants: characters.map(({ slug, name, home, remark }) => ({
      slug,
      name,
      address: facts.addressOf(slug),
      placement: home === 'unreachable' ? 'dedicated' : home.placement,
      remark,
    })),
    readySeconds: facts.readySeconds,
    logFile: facts.logFile,
  }
}

/** What somebody needs who sees Tenantry for the first time: where to click, whom to be, where the data is. */
export function renderSummary(summary: DemoSummary, paint: ReturnType<typeof painter>): string {
  const names = new Map(summary.tenants.map((tenant) => [tenant.slug, tenant.name]))
  const signIns = summary.signIns.map(({ email, name, roles }) => [
    `  ${paint('cyan', email)}`,
    name,
    Object.entries(roles)
      .map(([slug, role]) => `${role?.replace('_', '-')} of ${names.get(slug) ?? slug}`)
      .join(', '),
  ])
  const { operator } = summary
  signIns.push([`  ${paint('cyan', operator.email)}`, operator.name, 'operator: the console over all of them'])
  const tenants = summary.tenants.map(({ slug, address, remark }) => [
    `  ${paint('bold', slug)}`,
    address,
    paint('dim', remark),
  ])
  return [
    '',
    `${paint('green', '●')} ${paint('bold', 'Tenantry is ready')} after ${summary.readySeconds.toFixed(1)} s`,
    '',
    `  ${paint('bold', summary.url)}`,
    '',
    `Sign in with the password ${paint('bold', summary.password)} as`,
    withoutHead(signIns),
    '',
    'Where the data of each company lives',
    withoutHead(tenants),
    '',
    paint('dim', `A company waits in the old tables to be moved in: docs/runbooks/move-a-company-in.md`),
    paint('dim', `Ctrl-C or \`pnpm tenantry demo stop\` stops it, the data stays. \`pnpm dev --reset\` starts over.`),
    paint('dim', `The web application writes its log to ${summary.logFile}.`),
  ].join('\n')
}

function withoutHead(rows: string[][]): string {
  const [first = [], ...rest] = rows
  return renderTable(first, rest)
}
