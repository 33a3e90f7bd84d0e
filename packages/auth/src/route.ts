import nextAuthModule, { type NextAuthOptions } from 'next-auth'

export type RouteHandler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>

/** The handler of `/api/auth/[...nextauth]`. The options are asked for with each request: they belong to what runs. */
export function authRoute(options: () => NextAuthOptions): RouteHandler {
  return (request, context) => nextAuth(request, context, options())
}

/** Declared as `any` by next-auth; with a request and a context it answers with a response. */
const nextAuth = nextAuthModule as unknown as (
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
  options: NextAuthOptions,
) => Promise<Response>
