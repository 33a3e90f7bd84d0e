import { Command } from 'commander'
import { expect, test } from 'vitest'
import { Refusal } from '../exit-code.ts'
import { shellFor } from '../shell.fixture.ts'
import { askForName, askToGoOn, withWritingOptions } from './consent.ts'

const refused = { name: 'Refusal' }
const deletion = { name: 'acme', question: 'All data of acme is removed.' }

test.each([['y'], ['Yes'], [' YES ']])('«%s» goes on', async (answer) => {
  await expect(askToGoOn(shellFor({ types: [answer] }).shell, {}, 'Suspend acme?')).resolves.toBeUndefined()
})

test.each([['n'], [''], ['yes please'], [undefined]])('«%s» does not', async (answer) => {
  const { shell } = shellFor({ types: answer === undefined ? [] : [answer] })
  await expect(askToGoOn(shell, {}, 'Suspend acme?')).rejects.toMatchObject(refused)
})

test('where nobody can be asked, only the option goes on', async () => {
  for (const { shell, options } of [
    { shell: shellFor({}).shell, options: {} },
    { shell: shellFor({ types: ['y', 'acme'] }).shell, options: { input: false } },
  ]) {
    await expect(askToGoOn(shell, options, 'Suspend acme?')).rejects.toMatchObject(refused)
    await expect(askForName(shell, options, deletion)).rejects.toMatchObject({
      message: expect.stringContaining('--confirm acme') as string,
    })
    await askToGoOn(shell, { ...options, yes: true }, 'Suspend acme?')
    await askForName(shell, { ...options, confirm: 'acme' }, deletion)
  }
})

test('for what cannot be taken back, yes is not enough and another name is refused', async () => {
  await expect(askForName(shellFor({}).shell, { yes: true }, deletion)).rejects.toBeInstanceOf(Refusal)
  await expect(askForName(shellFor({ types: ['bloom'] }).shell, {}, deletion)).rejects.toMatchObject(refused)
  await expect(askForName(shellFor({ types: ['acme'] }).shell, { confirm: 'bloom' }, deletion)).rejects.toMatchObject(
    refused,
  )
  const { shell, said } = shellFor({ types: ['acme'] })
  await askForName(shell, {}, deletion)
  expect(said().err).toContain('All data of acme is removed.')
})

test('a command that writes reads its options as they are asked for here', async () => {
  const command = withWritingOptions(new Command('test'))
  await command.parseAsync(['--dry-run', '--yes', '--no-input'], { from: 'user' })
  expect(command.opts()).toEqual({ dryRun: true, yes: true, input: false })
})
