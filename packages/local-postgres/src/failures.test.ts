import { expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { failed, reasonOf } from './failures.ts'

test.each([
  ['FATAL:  could not create lock file "postmaster.pid": No space left on device', 'disk-full'],
  ["ENOSPC: no space left on device, mkdir '/x'", 'disk-full'],
  ['initdb: error: could not create directory "/x/data": Permission denied', 'no-permission'],
  ["EACCES: permission denied, mkdir '/x'", 'no-permission'],
  ["EROFS: read-only file system, mkdir '/x'", 'no-permission'],
  ["ENOENT: no such file or directory, mkdir '/read-only/x'", 'no-folder'],
  ["EEXIST: file already exists, mkdir '/a-file/x'", 'no-folder'],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-taken'],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Permission denied', 'no-permission'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'already-running'],
  ['FATAL:  database files are incompatible with server', 'other-version'],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'still-ending'],
  ['something nobody has seen before', 'other'],
])('%s: %s', (words, reason) => {
  expect(reasonOf(words)).toBe(reason)
})

test('a full disk says how much is needed and where', () => {
  expect(failed('No space left on device', { folder: '/data' }).message).toBe(
    'The disk is full: PostgreSQL needs about 100 MB in /data. Free some space and start again.',
  )
})

test('a platform without binaries is told about APP_DATABASE_URL', () => {
  expect(() => findBinaries('sunos-sparc')).toThrow(/set APP_DATABASE_URL/)
})
