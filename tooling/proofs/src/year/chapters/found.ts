import { runCommand } from '../../tour/command-line.ts'
import { Visitor } from '../../tour/visitor.ts'
import { clerkWithBrowser, clerkWithKey, type Clerk } from '../clerk.ts'

export const company = { slug: 'yearly', database: 'yearly', timeZone: 'Europe/Berlin' }
/** Where each series of numbers begins. */
export const firstNumbers = { quote: 101, contract: 1, invoice: 1, credit_note: 1 }
const password = 'a year has many days in it'
const owner = 'ines@yearly.example'

/** The operator makes the company, its owner lets a colleague and a program in, and says how documents are numbered. */
export async function foundCompany(
  environment: Record<string, string>,
  origin: string,
): Promise<{ owner: Visitor; clerks: Clerk[] }> {
  const { code, data, err } = await runCommand(
    `pnpm tenantry tenant create ${company.slug} --name "Yearly Events" --trade photo_booth --owner-email ${owner} --owner-name Ines --time-zone ${company.timeZone} --currency EUR`,
    { ...environment, APP_ORIGIN: origin },
  )
  if (code !== 0) throw new Error(`the company was not made: ${err}`)
  // What the command prints as JSON.
  const { invitation } = data as { invitation: { link: string } }
  const ines = new Visitor(origin)
  await ines.acceptInvitation(invitation.link, password)
  await ines.signIn(owner, password)
  const colleague = { email: 'jan@yearly.example', name: 'Jan', role: 'member', password }
  await ines.mutate('members.add', colleague)
  const jan = new Visitor(origin)
  await jan.signIn(colleague.email, password)
  const { secret } = await ines.mutate<{ secret: string }>('apiKeys.create', { name: 'Website', role: 'member' })
  await ines.mutate('numberSeries.change', { key: 'invoice', prefix: 'RE-', pad: 5, reset: 'yearly' })
  await ines.mutate('numberSeries.change', { key: 'quote', nextValue: firstNumbers.quote })
  return { owner: ines, clerks: [clerkWithBrowser(ines), clerkWithBrowser(jan), clerkWithKey(origin, secret)] }
}
