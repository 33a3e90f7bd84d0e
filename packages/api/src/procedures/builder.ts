import type { TRPCProcedureBuilder, TRPCUnsetMarker } from '@trpc/server'
import type { z } from 'zod'
import type { WireErrorShape } from '../errors/wire-error.ts'
import type { Meta } from '../permissions.ts'

type Unset = TRPCUnsetMarker
type Builder<Context, Added, In, Out, Answer = Unset> = TRPCProcedureBuilder<
  Context,
  Meta,
  Added,
  In,
  Out,
  Answer,
  Answer,
  false,
  WireErrorShape
>

/** A procedure that misses its resolver. A query's resolver gets another context than a mutation's. */
export interface OpenProcedure<Context, ForQuery, ForMutation, In = Unset, Out = Unset> {
  query: Builder<Context, ForQuery, In, Out>['query']
  mutation: Builder<Context, ForMutation, In, Out>['mutation']
  /** What the resolver answers with, as its types hold it to. Documents read the schema; no answer is parsed. */
  output<Answer>(schema: z.ZodType<Answer>): AnsweringProcedure<Context, ForQuery, ForMutation, In, Out, Answer>
}

interface AnsweringProcedure<Context, ForQuery, ForMutation, In, Out, Answer> {
  query(
    resolver: Resolver<Builder<Context, ForQuery, In, Out>['query'], Answer>,
  ): ReturnType<Builder<Context, ForQuery, In, Out, Answer>['query']>
  mutation(
    resolver: Resolver<Builder<Context, ForMutation, In, Out>['mutation'], Answer>,
  ): ReturnType<Builder<Context, ForMutation, In, Out, Answer>['mutation']>
}

/** What tRPC calls with the same options; its own type of the answer stays unsolved while `Answer` is a type parameter. */
type Resolver<Take extends (resolver: never) => unknown, Answer> = (
  options: Parameters<Parameters<Take>[0]>[0],
) => Answer | Promise<Answer>

export interface OpenProcedureWithoutInput<Context, ForQuery, ForMutation> extends OpenProcedure<
  Context,
  ForQuery,
  ForMutation
> {
  input<Schema extends z.ZodType>(
    schema: Schema,
  ): OpenProcedure<Context, ForQuery, ForMutation, z.input<Schema>, z.output<Schema>>
}

export interface Parse {
  (raw: unknown): unknown
  /** Absent where nothing is asked for. */
  schema?: z.ZodType
  /** Of the answer. */
  output?: z.ZodType
}

/** What surrounds the resolver of a kind of procedure: first who may call it, then its input, last the database it opens. */
export interface Chains<Context, ForQuery, ForMutation> {
  query(parse: Parse): Builder<Context, ForQuery, Unset, Unset>
  mutation(parse: Parse): Builder<Context, ForMutation, Unset, Unset>
}

export function openProcedure<Context, ForQuery, ForMutation>(
  chains: Chains<Context, ForQuery, ForMutation>,
): OpenProcedureWithoutInput<Context, ForQuery, ForMutation> {
  return {
    ...resolvable(chains, ignoreInput),
    // Parsing synchronously and not as tRPC would (`parseAsync`): only so zod runs its compiled parser.
    input: (schema) =>
      resolvable(
        chains,
        Object.assign((raw: unknown) => schema.parse(raw), { schema }),
      ),
  }
}

function ignoreInput(): undefined {
  return undefined
}

function resolvable<Context, ForQuery, ForMutation, In, Out>(
  chains: Chains<Context, ForQuery, ForMutation>,
  parse: Parse,
): OpenProcedure<Context, ForQuery, ForMutation, In, Out> {
  const open: Pick<OpenProcedure<Context, ForQuery, ForMutation>, 'query' | 'mutation'> = {
    query: (resolver) => chains.query(parse).query(resolver),
    mutation: (resolver) => chains.mutation(parse).mutation(resolver),
  }
  const output = (schema: z.ZodType) =>
    resolvable(
      chains,
      Object.assign((raw: unknown) => parse(raw), { ...parse, output: schema }),
    )
  // `parse` is made from the schemas whose types In, Out and Answer are, so what is unknown here is exactly those.
  return { ...open, output } as unknown as OpenProcedure<Context, ForQuery, ForMutation, In, Out>
}
