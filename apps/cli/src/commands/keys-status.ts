import { keyStatus, type KeyStatus } from '@tenantry/fleet/key-status'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { painter } from '../terminal.ts'

export function keysStatusCommand(shell: Shell): Command {
  return newCommand('status', 'how many values each key has sealed; nothing is opened', [
    'tenantry keys status',
    'tenantry keys status --json | jq ".removable"',
  ]).action(async (options: OutputOptions) => {
    const keys = await progressOf(shell, options).step('Counting sealed values', () =>
      withAccess(shell, ({ app, keyring }) => keyStatus(app.sealedValues, keyring)),
    )
    const removable = keys.filter(({ role, total }) => role === 'opens' && total === 0).map(({ keyId }) => keyId)
    printResult(shell, options, {
      data: { keys, removable },
      text: (paint) => [renderKeys(keys, paint), ...advice(keys, removable)].join('\n'),
    })
  })
}

const roles: Record<KeyStatus['role'], string> = {
  seals: 'seals and opens',
  opens: 'opens',
  missing: 'not in the keyring',
}

function renderKeys(keys: KeyStatus[], paint: ReturnType<typeof painter>): string {
  const columns = [...new Set(keys.flatMap(({ values }) => Object.keys(values)))].toSorted((a, b) => a.localeCompare(b))
  return renderTable(
    ['KEY', 'ROLE', 'VALUES', ...columns].map((head) => paint('dim', head)),
    keys.map(({ keyId, role, total, values }) => [
      paint('bold', keyId ?? 'unreadable'),
      role === 'missing' ? paint('red', roles[role]) : roles[role],
      String(total),
      ...columns.map((column) => String(Object.entries(values).find(([name]) => name === column)?.[1] ?? 0)),
    ]),
  )
}

function advice(keys: KeyStatus[], removable: (string | null)[]): string[] {
  const lines: string[] = []
  if (keys.some(({ role, total }) => role === 'opens' && total > 0)) {
    lines.push('', '`pnpm tenantry keys rotate` seals everything under the first key.')
  }
  if (removable.length > 0) lines.push('', `Nothing is sealed under ${removable.join(', ')}: it can leave the keyring.`)
  if (keys.some(({ role }) => role === 'missing'))
    lines.push('', 'Values under a missing key cannot be opened: put it back.')
  return lines
}
