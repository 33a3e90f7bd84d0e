import type { Fault } from '../fault.ts'

const stores = 'packages/files/src/store/store.test.ts'
const examined = 'packages/files/src/examine/examine.test.ts'
const served = 'packages/api/src/files/files.test.ts'

/** Taken from files that people store. */
export const fileFaults: Fault[] = [
  {
    name: 'files: keep the files of all companies in one folder',
    file: 'packages/files/src/store/folder-store.ts',
    find: 'new FolderFiles(join(root, ownerFolder(owner)))',
    replace: "new FolderFiles(join(root, 'everybody'))",
    caughtBy: { file: stores, test: 'another tenant has a key of the same name and finds nothing under it' },
  },
  {
    name: 'files: leave what was half written at its place',
    file: 'packages/files/src/store/folder-store.ts',
    find: 'const written = join(incoming, v7())',
    replace: 'const written = place',
    caughtBy: { file: stores, test: 'what had the key stays whole until its replacement is' },
  },
  {
    name: 'files: notice that a file is too large once it is there',
    file: 'packages/files/src/examine/measured-body.ts',
    find: 'if (this.byteSize > this.#maxBytes) throw tooLarge(this.#maxBytes)',
    replace: '',
    caughtBy: { file: examined, test: 'nothing stays of a file that is too large, empty or a program' },
  },
  {
    name: 'files: keep a file that was refused',
    file: 'packages/files/src/examine/examine.ts',
    find: '    await forgetFile(files, key)\n    throw error',
    replace: '    throw error',
    caughtBy: { file: examined, test: 'nothing stays of a file that is too large, empty or a program' },
  },
  {
    name: 'files: keep a file whose record was refused',
    file: 'packages/api/src/routers/attachments.ts',
    find: "if (!isTenantryError(error, 'COMMIT_UNKNOWN')) await forgetFile(files, key)",
    replace: '',
    caughtBy: { file: served, test: 'what is refused leaves neither a file nor a record' },
  },
  {
    name: 'files: take a file from a page of another site',
    file: 'packages/api/src/files/handler.ts',
    find: 'if (apiKey === undefined) assertSameSite(request, origin)',
    replace: '',
    caughtBy: { file: served, test: 'what is refused leaves neither a file nor a record' },
  },
  {
    name: 'files: show what somebody has sent as a page',
    file: 'packages/api/src/files/send-file.ts',
    find: "dispositionOf(shown ? 'inline' : 'attachment', fileName)",
    replace: "dispositionOf('inline', fileName)",
    caughtBy: { file: served, test: 'a file of alder comes back as it was sent, to whoever may see it' },
  },
]
