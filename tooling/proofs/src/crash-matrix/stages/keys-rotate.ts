import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { keyStatus } from '@tenantry/fleet/key-status'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { findOrphans } from '../account-for.ts'
import { companyFor } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { RotateProgramInput } from '../programs/keys-rotate.ts'
import type { CrashStage } from '../stage.ts'

/** Few enough that every batch can be killed, enough that one is neither the first nor the last. */
const batches = 3

/** A rotation that was killed anywhere and is run again leaves every value under the new key, and each opens. */
export function keysRotate(): CrashStage {
  return {
    name: 'keys rotate',
    program: 'keys-rotate.ts',
    async begin(ground, count) {
      const company = companyFor('seal', count, 'dedicated')
      const { app, dataSources, keyring, server } = ground
      const run = await claimCreation(app, company, 'matrix')
      await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run })
      await run.finish('done')
      const { keys, primary, left } = await otherWayRound(ground)
      const batchSize = Math.max(1, Math.ceil(left / batches))
      const input: RotateProgramInput = { app: plainTarget(ground.appTarget), keys, batchSize }
      return { input: { ...input }, examine: () => examine(ground, primary) }
    },
  }
}

/** The keyring with that key in front under which fewer values are sealed: the ground's keys take turns. */
async function otherWayRound(ground: Ground): Promise<{ keys: string; primary: string; left: number }> {
  const status = await keyStatus(ground.app.sealedValues, ground.keyring)
  const [least, most] = status.toSorted((one, other) => one.total - other.total)
  const entries = ground.keys.split(',')
  const front = entries.find((entry) => entry.startsWith(`${least?.keyId}:`))
  if (front === undefined || most === undefined) throw new Error('the ground has two keys')
  const keys = [front, ...entries.filter((entry) => entry !== front)].join(',')
  return { keys, primary: parseKeyring(keys).primaryKeyId, left: most.total }
}

async function examine(ground: Ground, primary: string): Promise<string[]> {
  const complaints = await findOrphans(ground)
  for (const { keyId, total } of await keyStatus(ground.app.sealedValues, ground.keyring)) {
    if (keyId !== primary && total > 0) complaints.push(`${total} values are still under ${keyId}`)
  }
  const runs = await ground.app.runs.list({ kind: 'keys.rotate' })
  const left = runs.filter(({ status }) => status !== 'done').length
  if (left > 0) complaints.push(`${left} rotations are not done`)
  return complaints
}
