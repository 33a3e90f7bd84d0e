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
      [
        'records.see',
        'records.write',
        'records.export',
        'pipelines.manage',
        'money.manage',
        'members.see',
        'audit.see',
      ].includes(permission),
    )
    .map(([path]) => path)
  expect(operations.toSorted()).toEqual(expected.toSorted())
})

test('every operation says what it answers with', () => {
  const silent = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .filter(({ responses }) => (responses['200'] ?? responses['201'])?.content === undefined)
  expect(silent.map(({ operationId }) => operationId)).toEqual([])
  expect(document.paths['/accounts']?.['post']?.responses['201']?.content).toBeDefined()
})
