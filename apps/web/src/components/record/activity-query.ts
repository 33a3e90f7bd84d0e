import type { AboutQuery } from '@tenantry/contracts/about'
import type { LinkedEntity } from '@tenantry/contracts/record-links'

/** What happened around a record; what was changed of the record itself stands in its timeline. */
export function activityQuery(entity: LinkedEntity, id: string): Pick<AboutQuery, 'entity' | 'id' | 'kinds' | 'limit'> {
  return { entity, id, kinds: ['step', 'task', 'note', 'communication', 'attachment'], limit: 10 }
}
