import type { AppDbConnection } from '@tenantry/app-db/open'
import { hashPassword } from '@tenantry/auth'
import { demoOperator, demoPassword } from './characters.ts'

/** The person of the demo who uses the console, where they are missing. */
export async function ensureOperator({ db, operators }: AppDbConnection, byWhom: string): Promise<void> {
  const { email, name } = demoOperator
  if ((await operators.list()).some((operator) => operator.email === email)) return
  const known = await db.users.findCredential(email)
  if (known === undefined) await db.users.create({ email, name, passwordHash: await hashPassword(demoPassword) })
  await operators.add(byWhom, email)
}
