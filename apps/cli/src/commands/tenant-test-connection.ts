import type { Command } from 'commander'
import { randomUUID } from 'node:crypto'
import { withAccess } from '../access.ts'
import { exitCode } from '../exit-code.ts'
import { newCommand, printResult, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

export function tenantTestConnectionCommand(shell: Shell): Command {
  const command = newCommand('test-connection', "connect to a tenant's database as a request does, step by step", [
    'tenantry tenant test-connection acme',
  ])
  return command.argument('<slug>').action(async (slug: string, options: OutputOptions) => {
    const test = await withAccess(shell, async ({ app, dataSources, operatorName }) => {
      const why = { reason: 'tenant test-connection', access: 'read', requestId: randomUUID() } as const
      return dataSources.testTenantConnection(await app.grants.forOperator(operatorName, slug, why))
    })
    printResult(shell, options, {
      data: test,
      text: (paint) =>
        [
          renderTable(
            ['STEP', '', 'TIME'].map((head) => paint('dim', head)),
            test.steps.map(({ step, ok, milliseconds }) => [
              step,
              ok ? paint('green', 'ok') : paint('red', 'failed'),
              `${milliseconds.toFixed(1)} ms`,
            ]),
          ),
          ...(test.code === null ? [] : [`${paint('red', test.code)} ${test.message ?? ''}`]),
        ].join('\n'),
    })
    setExitCode(command, test.success ? exitCode.ok : exitCode.failed)
  })
}
