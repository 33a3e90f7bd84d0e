import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

export function operatorListCommand(shell: Shell): Command {
  return newCommand('list', 'who may use the operator console, and who decided so', ['tenantry operator list']).action(
    async (options: OutputOptions) => {
      const operators = await withAccess(shell, ({ app }) => app.operators.list())
      printResult(shell, options, {
        data: operators,
        text: (paint) =>
          operators.length === 0
            ? 'Nobody. Add somebody with `tenantry operator add`.'
            : renderTable(
                ['E-MAIL', 'NAME', 'SINCE', 'ADDED BY'].map((head) => paint('dim', head)),
                operators.map(({ email, name, addedAt, addedBy }) => [
                  paint('bold', email),
                  name,
                  addedAt.slice(0, 10),
                  addedBy,
                ]),
              ),
      })
    },
  )
}
