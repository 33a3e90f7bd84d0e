import type { Fault } from '../fault.ts'

/** Taken from the gates that keep code out: a gate that is silently dead is worse than none. */
export const gateFaults: Fault[] = [
  {
    name: 'let anybody import what opens tenant databases',
    file: 'tooling/lint/rules/one-door.js',
    find: 'if (!door.modules.test(specifier) || isAllowed(door) || folder === packageOf(specifier)) continue',
    replace: 'if (door !== undefined) continue',
    caughtBy: { file: 'tooling/checks/src/lint-rules.test.ts', test: "'tenantry(one-door)' refuses" },
  },
  {
    name: 'declare the planes to each other',
    file: 'packages/app-db/package.json',
    find: '"@tenantry/connections": "workspace:*",',
    replace: '"@tenantry/connections": "workspace:*",\n    "@tenantry/tenant-db": "workspace:*",',
    caughtBy: { file: 'tooling/checks/src/boundaries.test.ts', test: 'imports run only downwards' },
  },
  {
    name: 'procedures fall between the shares of the matrix',
    file: 'tooling/proofs/src/matrix/shares.ts',
    find: 'index % of === share',
    replace: 'index % (of + 1) === share',
    caughtBy: {
      file: 'tooling/proofs/src/matrix/matrix.test.ts',
      test: 'the files of the shares ask every procedure, and each of them once',
    },
  },
]
