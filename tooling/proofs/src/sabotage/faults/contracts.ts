import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const withdrawals = 'packages/crm/src/quotes/withdraw-quote.test.ts'
const signatures = 'packages/crm/src/contracts/sign-contract.test.ts'
const files = 'tooling/proofs/src/contract-files/contract-files.test.ts'

const ofSeenContract = 'return exists (select from crm.contracts c where c.signed_pdf_attachment_id = file);'

/** Taken from what customers have agreed to: withdrawals, signatures and the files that show them. */
export const contractFaults: Fault[] = [
  {
    name: 'contracts: leave the contract of a withdrawn quote as it is',
    file: 'packages/tenant-db/src/contracts/write-contract.ts',
    find: "const changes = { status: 'voided', voidedReason: reason }",
    replace: 'const changes = { voidedReason: reason }',
    caughtBy: { file: withdrawals, test: 'of a withdrawal and the last signature at the same moment one wins, whole' },
  },
  {
    name: 'contracts: void what one of two has signed',
    file: 'packages/tenant-db/src/contracts/write-contract.ts',
    find: 'if (signedBy(before).length > 0)',
    replace: 'if (signedBy(before).length > 1)',
    caughtBy: {
      file: withdrawals,
      test: 'a quote that nobody has accepted, that was invoiced, or whose contract one of two has signed is not withdrawn',
    },
  },
  {
    name: 'contracts: pass those who wait when a booking becomes a hold again',
    file: 'packages/tenant-db/src/resource-bookings/settle.ts',
    find: 'const rank = rankBehind(await readHolds(executor, booking.resourceId), span)',
    replace: 'const rank = rankBehind([], span)',
    caughtBy: {
      file: withdrawals,
      test: 'what was accepted and not signed is taken back with all that came of it, and its revision is accepted anew',
    },
  },
  {
    name: 'contracts: sign what is about a withdrawn quote',
    file: 'packages/crm/src/contracts/sign-contract.ts',
    find: "if (quote.status === 'withdrawn')",
    replace: "if (quote.status === 'draft')",
    caughtBy: { file: withdrawals, test: 'a contract that was sent past a withdrawal is signed by nobody' },
  },
  {
    name: 'contracts: issue another one beside one that stands',
    file: 'packages/crm/src/contracts/issue-another.ts',
    find: 'if (standing !== undefined) refuse(',
    replace: "if (standing?.status === 'completed') refuse(",
    caughtBy: {
      file: withdrawals,
      test: 'after a contract that was declined another one is issued, once, and it is signed',
    },
  },
  {
    name: 'contracts: let signers say what they have agreed to',
    file: 'packages/crm/src/contracts/sign-contract.ts',
    find: 'if (consent !== consentsIn(locale)[kind])',
    replace: "if (consent === '')",
    caughtBy: {
      file: signatures,
      test: 'a signature agrees to the sentence that we have for its kind, which is kept with it, and to no other',
    },
  },
  {
    name: 'contracts: draw what goes beyond the box of a signature',
    file: 'packages/contracts/src/drawing.ts',
    find: '.refine((path) => pointsOf(path).every(isInBox)',
    replace: '.refine((path) => pointsOf(path).some(isInBox)',
    caughtBy: {
      file: 'packages/contracts/src/drawing.test.ts',
      test: 'a drawing is strokes in a box and nothing else',
    },
  },
  {
    name: 'contracts: take anything behind a drawing for a drawing',
    file: 'packages/contracts/src/drawing.ts',
    find: String.raw`(?:L\d{1,3} \d{1,3})+)+$/`,
    replace: String.raw`(?:L\d{1,3} \d{1,3})+)+/`,
    caughtBy: {
      file: 'packages/contracts/src/drawing.test.ts',
      test: 'a drawing is strokes in a box and nothing else',
    },
  },
  {
    name: 'contracts: keep a signed contract twice',
    file: 'packages/crm/src/contracts/keep-signed.ts',
    find: "if (contract === undefined || stateOfSigned(contract) === 'over') return false",
    replace: 'if (contract === undefined) return false',
    caughtBy: {
      file: files,
      test: 'of two who keep a contract at the same moment one does, and of the other nothing stays',
    },
  },
  {
    name: 'contracts: leave what the slower of two has stored',
    file: 'packages/worker/src/keep-contract.ts',
    find: 'if (!isKept) await forgetFile(own, key)',
    replace: '',
    caughtBy: {
      file: files,
      test: 'of two who keep a contract at the same moment one does, and of the other nothing stays',
    },
  },
  {
    name: 'contracts: delete evidence',
    file: 'packages/tenant-db/src/attachments/record.ts',
    find: "if (!isEvidence || !('fileName' in changes || 'deletedAt' in changes)) return",
    replace: "if (!isEvidence || !('fileName' in changes)) return",
    caughtBy: {
      file: files,
      test: 'a file that is evidence is neither renamed nor deleted, by nobody, and its contract names no other',
    },
  },
  {
    name: 'contracts: show files that nobody has made to whoever is limited',
    file: newestMigrationWith('tenant-db', ofSeenContract),
    find: ofSeenContract,
    replace: 'return true;',
    caughtBy: {
      file: 'packages/tenant-db/src/attachments/signed-file.test.ts',
      test: 'any other file that nobody has made stays out of reach, whatever it says of itself',
    },
  },
  {
    name: 'contracts: leave the mark off what counts for nothing any more',
    file: 'packages/documents/src/sheet.ts',
    find: 'voidMark === undefined',
    replace: 'voidMark !== undefined || kind !== undefined',
    caughtBy: {
      file: 'packages/documents/src/render.test.ts',
      test: 'each page of what counts for nothing any more says so and why, in the language of whoever sends it',
    },
  },
]
