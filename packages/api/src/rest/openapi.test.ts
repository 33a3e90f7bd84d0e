import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { indexProcedures } from '../procedure-index.ts'
import { appRouter } from '../router.ts'
import { openApiDocument } from './openapi.ts'
import { restRoutes } from './routes.ts'

const procedures = indexProcedures(appRouter)
const routes = restRoutes(procedures)
const document = openApiDocument(routes, 'https://crm.example.test/api/v1') as {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { content?: object }> }>>
}

test('the document is OpenAPI 3.1', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every procedure about records is in it once, and none about sign-ins, links, operators or the company itself', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map((one) => one.operationId))
  expect(new Set(operations).size).toBe(operations.length)
  const expected = [...procedures]
    .filter(([, { permission }]) =>
      ['records.see', 'records.write', 'pipelines.manage', 'money.manage', 'members.see', 'audit.see'].includes(
        permission,
      ),
    )
    .map(([path]) => path)
  expect(operations.toSorted()).toEqual(expected.toSorted())
})

test('what every kind of record answers with is described', () => {
  const operation = (template: string, method: string) => document.paths[template]?.[method]
  for (const [template, method, status] of [
    ['/accounts', 'get', '200'],
    ['/accounts', 'post', '201'],
    ['/invoices/{id}', 'patch', '200'],
    ['/event-dates/{id}/timeline', 'get', '200'],
  ] as const)
    expect(operation(template, method)?.responses[status]?.content).toBeDefined()
})
