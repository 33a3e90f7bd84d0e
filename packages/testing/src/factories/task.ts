import { faker } from '@faker-js/faker'
import { TaskInput } from '@tenantry/contracts/tasks'
import type { z } from 'zod'

/** Something to do. */
export function taskInput(overrides: Partial<z.input<typeof TaskInput>> = {}): TaskInput {
  return TaskInput.parse({
    title: `Call ${faker.person.firstName()}`,
    dueOn: '2027-05-20',
    ...overrides,
  })
}
