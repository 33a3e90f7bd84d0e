import { Command } from 'commander'

/** A noun with its verbs. Each noun has a file of its own beside this one, which lists them. */
export function newNoun(name: string, description: string, verbs: Command[]): Command {
  const command = new Command(name).description(description)
  for (const verb of verbs) command.addCommand(verb)
  return command
}
