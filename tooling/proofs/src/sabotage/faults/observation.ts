import type { Fault } from '../fault.ts'

const probes = 'apps/web/src/server/probes.test.ts'

/** Taken from what machines ask a process. */
export const observationFaults: Fault[] = [
  {
    name: 'show the metrics to anybody',
    file: 'apps/web/src/server/probes.ts',
    find: 'if (isReader(headers.authorization)) {',
    replace: 'if (isReader(headers.authorization) || true) {',
    caughtBy: { file: probes, test: 'shows metrics to nobody but who brings the token' },
  },
  {
    name: 'stay ready after having been asked to stop',
    file: 'apps/web/src/server/probes.ts',
    find: 'ready: ready && !isStopping()',
    replace: 'ready',
    caughtBy: {
      file: probes,
      test: 'is ready with its application database, and not without it or with an older one',
    },
  },
  {
    name: 'name tenants in the metrics without being asked to',
    file: 'packages/api/src/runtime.ts',
    find: 'byTenant: config.tenantLabels ?? false',
    replace: 'byTenant: config.tenantLabels ?? true',
    caughtBy: {
      file: 'packages/api/src/observation/observation.test.ts',
      test: 'the metrics show what was done, and name no tenant',
    },
  },
  {
    name: 'diagnose a connection for everybody who is signed in',
    file: 'packages/api/src/routers/tenant.ts',
    find: 'diagnose: managingDataSource.output',
    replace: "diagnose: dataSourceProcedure.meta({ permission: 'records.see' }).output",
    caughtBy: { file: 'packages/api/src/diagnosis/diagnosis.test.ts', test: 'members and strangers see nothing' },
  },
  {
    name: 'diagnose as often as somebody asks',
    file: 'packages/api/src/diagnosis/take-diagnosis.ts',
    find: 'most: diagnosesPerTenant',
    replace: 'most: Number.MAX_SAFE_INTEGER',
    caughtBy: {
      file: 'packages/api/src/diagnosis/diagnosis.test.ts',
      test: 'who asks over and over waits, in every process alike, and another company does not',
    },
  },
]
