import type { LimitedKind } from '@tenantry/contracts/record-access'
import type { Permission } from '@tenantry/contracts/roles'
import { tenantFiles } from '../files/tenant-files.ts'
import type { TenantDb, TenantFiles, TenantReader } from '../planes.ts'
import { openProcedure } from './builder.ts'
import { admitMember, admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/**
 * A business call beside the company's files. A file is stored or fetched in no transaction, for as long as its sender or
 * its store takes: `ctx.read` and `ctx.write` open one for what is said in the database.
 */
export const filesProcedure = {
  meta: (meta: { permission: Permission; requires?: string }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open({ services: { dataSources, files }, caller: { grant }, marks }, proceed: Proceed<ReadingFiles>) {
            const read: ReadingFiles['read'] = (work, { exporting } = {}) =>
              dataSources.withTenant(grant, work, { ...marks.reading(meta), exporting })
            // Asked for when a file is: of what needs none a process without a place for files gives as well.
            const get: TenantFiles['get'] = async (...asked) => tenantFiles(files, grant).get(...asked)
            return proceed({ read, files: { get } })
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open({ services: { dataSources, files }, caller: { grant }, marks }, proceed: Proceed<WritingFiles>) {
            const write: WritingFiles['write'] = (work) =>
              dataSources.withTenantWriter(grant, work, marks.writing(meta))
            return proceed({ write, files: tenantFiles(files, grant) })
          },
        }),
    }),
}

interface Exporting {
  exporting?: LimitedKind | 'everybodys'
}

interface ReadingFiles {
  /** `exporting`: of which kind rows are taken away as a file. Throws FORBIDDEN for one that the caller may not save. */
  read: <T>(work: (db: TenantReader) => Promise<T>, reading?: Exporting) => Promise<T>
  files: Pick<TenantFiles, 'get'>
}

interface WritingFiles {
  write: <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>
  files: TenantFiles
}
