import type { Contract } from '@tenantry/contracts/contracts'
import { expect, test } from 'vitest'
import type { TenantReader } from '../planes.ts'
import { answerContract } from './answer-contract.ts'

test('whoever does not see the file of a signed contract is refused, and nothing else is drawn for them', async () => {
  // All that is asked of a database before the file is known.
  const db = { attachments: { findPlace: () => Promise.resolve(undefined) } } as unknown as TenantReader
  const contract = { signedPdfAttachmentId: '01890a5d-ac96-774b-bcce-b302099a8057' } as unknown as Contract
  const files = () => {
    throw new Error('no file is asked for')
  }
  await expect(answerContract(db, contract, { exchange: undefined, files, reader: 'staff' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringMatching(/the file that was signed/),
  })
})
