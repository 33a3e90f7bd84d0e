import { errorCodes, isErrorCode } from '@tenantry/errors/codes'
import { expect, test } from 'vitest'
import { checkoutRoot } from './shell.ts'
import { whatToDo } from './what-to-do.ts'

test.each(Object.keys(errorCodes).filter(isErrorCode))('%s comes with advice', (code) => {
  expect(whatToDo(checkoutRoot, code)).toMatch(/^.{10,}/)
})
