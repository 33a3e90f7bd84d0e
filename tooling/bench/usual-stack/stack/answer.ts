import superjson from 'superjson'

export function answer(data: unknown): Response {
  return new Response(superjson.stringify(data), { headers: { 'content-type': 'application/json' } })
}

export const refused = () => new Response(null, { status: 401 })
