import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { ResourceId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { envelopeOf } from '../records/record-table.ts'
import type { Plain } from '../records/plain.ts'
import { resourceMembers } from '../resource-members/table.ts'
import { resources } from './table.ts'

/** Resources as the contract shows them, up to WHERE. */
export function selectResources(db: LeasedDrizzle) {
  return db.select(columns).from(resources)
}

const columns = {
  id: resources.id,
  name: resources.name,
  kind: resources.kind,
  serialNumber: resources.serialNumber,
  description: resources.description,
  isActive: resources.isActive,
  bufferBeforeMinutes: resources.bufferBeforeMinutes,
  bufferAfterMinutes: resources.bufferAfterMinutes,
  memberIds: sql<Plain<ResourceId>[]>`(select coalesce(jsonb_agg(m.member_id order by m.member_id), '[]')
    from ${resourceMembers} m where m.combo_id = ${resources}.id)`,
  ...envelopeOf(resources),
}
