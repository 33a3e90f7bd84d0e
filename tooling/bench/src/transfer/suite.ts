import { parseTarget } from '@tenantry/connections/target'
import { ensureManyAccounts } from '@tenantry/tenant-transfer/legacy'
import { createMovingCompany } from '@tenantry/testing/moving-company'
import { alone, compare } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { TransferInput, TransferMeasured } from './input.ts'
import { inputOf } from './input-of.ts'
import { measurePause } from './pause.ts'

/** A round moves all rows twice and compares them once. */
const rounds = 3

/**
 * Accounts from the old table into `crm.accounts` with all its indexes: with conversions, quarantine, marks, row security
 * and a stream of changes on one side, with a bare pipe of COPY through Node on the other.
 */
export async function measureTransfer({ world, rows = 1_000_000, onProgress }: SuiteInput): Promise<SuiteResult> {
  const { user = '', password = '', host, port } = parseTarget(world.rawDatabaseUrl)
  const server = { host, port, user, password }
  await using moving = await createMovingCompany({ appServer: server, home: { server }, isEmpty: true })
  onProgress(`Making ${rows} rows in the old table`)
  await ensureManyAccounts(moving.options.source, { legacyTenantId: moving.legacyTenantId, rows })
  const input = inputOf(moving, rows)
  const measure = (way: TransferInput['way']) =>
    runProgram<TransferMeasured>('./transfer/program.ts', { world, transfer: { ...input, way } })
  const measured = {
    transfer: [] as TransferMeasured[],
    bare: [] as TransferMeasured[],
    verify: [] as TransferMeasured[],
  }
  for (let round = -1; round < rounds; round++) {
    onProgress(`Transfer of ${rows} rows, round ${round + 1} of ${rounds}`)
    const contenders = {
      transfer: async () => {
        await moving.empty()
        const transfer = await measure('transfer')
        const verify = await measure('verify')
        if (round >= 0) {
          measured.transfer.push(transfer)
          measured.verify.push(verify)
        }
      },
      bare: async () => {
        await moving.empty()
        const bare = await measure('bare')
        if (round >= 0) measured.bare.push(bare)
      },
    }
    for (const name of round % 2 === 0 ? (['transfer', 'bare'] as const) : (['bare', 'transfer'] as const))
      await contenders[name]()
  }
  const rate = (results: TransferMeasured[]) => results.map(({ seconds }) => rows / seconds)
  const named = { suite: 'transfer', unit: 'rows/s' }
  const pause = await measurePause({ world, server, onProgress })
  return {
    figures: [
      compare(
        {
          ...named,
          name: `move ${rows} accounts in`,
          against: 'COPY to COPY through Node',
          goal: { kind: 'at least', value: 0.6 },
        },
        rate(measured.transfer),
        rate(measured.bare),
      ),
      compare(
        { ...named, name: `verify ${rows} accounts`, against: 'moving them in', goal: { kind: 'at least', value: 1 } },
        rate(measured.verify),
        rate(measured.transfer),
      ),
      alone(
        {
          suite: 'transfer',
          unit: 'MB',
          name: 'memory while they move',
          against: 'the whole process',
          goal: { kind: 'at most', value: 200 },
        },
        measured.transfer.map(({ peakMb }) => peakMb),
      ),
      pause.figure,
    ],
    notes: pause.notes,
  }
}
