import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '../../../../components/ui/card.tsx'
import { optionsOf, roleLabels } from '../../../../format/labels.ts'

const rows: { permission: Permission; label: string }[] = [
  { permission: 'records.see', label: 'See accounts, contacts and opportunities' },
  { permission: 'records.write', label: 'Add, change and delete them' },
  { permission: 'records.export', label: 'Save whole lists as files' },
  { permission: 'members.see', label: 'See who is a member' },
  { permission: 'members.manage', label: 'Add, change and remove members' },
  { permission: 'pipelines.manage', label: 'Change pipelines and stages' },
  { permission: 'tenant.manage', label: 'Change the company, its keys and webhooks, test its database' },
  { permission: 'audit.see', label: 'Read the audit log' },
]

/** What each role may do, read from the same table the API decides by. */
export function RoleTable() {
  const roles = optionsOf(roleLabels)
  return (
    <Card title="What each role may do" className="p-0">
      <table className="w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 font-medium">
              Permission
            </th>
            {roles.map((role) => (
              <th
                key={role.value}
                scope="col"
                className="w-14 px-1 py-2 text-center align-bottom font-medium sm:w-20 sm:px-2"
              >
                {role.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {rows.map(({ permission, label }) => (
            <tr key={permission}>
              <th scope="row" className="px-4 py-2 font-normal">
                {label}
              </th>
              {roles.map((role) => (
                <td key={role.value} className="px-1 py-2 sm:px-2">
                  {roleAllows(role.value, permission) ? (
                    <Mark icon={<Check className="size-4 text-good" />} word="yes" />
                  ) : (
                    <Mark icon={<Minus className="size-4 text-muted" />} word="no" />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Mark({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <span className="relative flex justify-center">
      <span aria-hidden>{icon}</span>
      <span className="sr-only">{word}</span>
    </span>
  )
}
