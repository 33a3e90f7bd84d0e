import type { TestProject } from 'vitest/node'
import { openTestServers } from './test-servers.ts'

export default async function provideServers(project: TestProject): Promise<() => Promise<void>> {
  const { main, elsewhere, close } = await openTestServers()
  project.provide('mainServer', main)
  project.provide('elsewhereServer', elsewhere)
  return close
}
