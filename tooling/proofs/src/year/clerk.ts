import { patiently, Refused } from '../refused.ts'
import type { Visitor } from '../tour/visitor.ts'

/** Who works with records, over one way in or another. */
export interface Clerk {
  create<Row>(router: string, input: object): Promise<Row>
  byId<Row>(router: string, id: string): Promise<Row>
  /** A procedure that changes one record, or several at once when no id is given. */
  change<Row>(router: string, verb: string, input: Record<string, unknown>): Promise<Row>
}

/** Somebody with a browser, who has signed in. */
export function clerkWithBrowser(visitor: Visitor): Clerk {
  return {
    create: (router, input) => visitor.mutate(`${router}.create`, input),
    byId: (router, id) => visitor.query(`${router}.byId`, { id }),
    change: (router, verb, input) => visitor.mutate(`${router}.${verb}`, input),
  }
}

/** A program with a key, which knows resources and methods. */
export function clerkWithKey(origin: string, key: string): Clerk {
  const ask = <Row>(method: string, path: string, input?: object) => patiently(() => askOnce<Row>(method, path, input))
  const askOnce = async <Row>(method: string, path: string, input?: object): Promise<Row> => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(input !== undefined && { 'content-type': 'application/json' }) },
      ...(input !== undefined && { body: JSON.stringify(input) }),
    })
    if (!response.ok) throw new Refused(`${method} ${path}`, response, await response.text())
    return (await response.json()) as Row
  }
  return {
    create: (router, input) => ask('POST', `/${kebab(router)}`, input),
    byId: (router, id) => ask('GET', `/${kebab(router)}/${id}`),
    change(router, verb, { id, ...input }) {
      const place = `/${kebab(router)}${typeof id === 'string' ? `/${id}` : ''}`
      return verb === 'patch' ? ask('PATCH', place, input) : ask('POST', `${place}/${kebab(verb)}`, input)
    },
  }
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
