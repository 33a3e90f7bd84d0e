'use client'

import type { UserId } from '@tenantry/contracts/ids'
import { usePeople } from '../shell/use-people.ts'
import { useSession } from '../shell/use-session.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'

/** Whose records to show; oneself comes first. */
export function OwnerFilter(props: { value: UserId | null; onChange: (owner: UserId | null) => void }) {
  const me = useSession().user.id
  const items = usePeople()
    .map((one) => ({ value: one.userId, label: one.userId === me ? `${one.name} (you)` : one.name }))
    .toSorted((one, other) => Number(other.value === me) - Number(one.value === me))
  return (
    <Field label="Owner">
      {({ id }) => (
        <Combobox
          id={id}
          items={items}
          placeholder="Anybody"
          value={items.find((item) => item.value === props.value) ?? null}
          onChange={(item) => props.onChange(item?.value ?? null)}
        />
      )}
    </Field>
  )
}
