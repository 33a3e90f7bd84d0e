import { PipelineId, UserId } from '@tenantry/contracts/ids'
import { createLoader, parseAsString, type inferParserType } from 'nuqs/server'
import { parseAs } from '../../../../components/list/list-parsers.ts'

/** The address of the board. */
export const boardParsers = {
  pipeline: parseAs(PipelineId),
  search: parseAsString.withDefault(''),
  owner: parseAs(UserId),
}
export const loadBoard = createLoader(boardParsers)

/** The same as the question to the API. */
export function boardQuery({ pipeline, search, owner }: inferParserType<typeof boardParsers>) {
  return {
    pipelineId: pipeline ?? undefined,
    search: search.trim() === '' ? undefined : search.trim(),
    ownerId: owner ?? undefined,
  }
}
