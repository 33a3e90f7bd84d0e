import { TenantryError } from '@tenantry/errors'
import type { Route } from './routes.ts'

/**
 * Finds the route of a method and a path. A word of the API goes before an id: `/accounts/count` is not the account `count`.
 * Throws PROCEDURE_NOT_FOUND, METHOD_NOT_ALLOWED. Throws a TypeError for two routes at one place.
 */
export function routeTable(
  routes: readonly Route[],
): (method: string, path: string) => { route: Route; id: string | undefined } {
  const byPlace = new Map<string, Route>()
  const templates = new Set<string>()
  for (const route of routes) {
    const place = `${route.method} ${route.template}`
    if (byPlace.has(place)) throw new TypeError(`${place} is two procedures: ${route.procedure} is the second`)
    byPlace.set(place, route)
    templates.add(route.template)
  }
  return (method, path) => {
    const named = byId(path)
    const template = templates.has(path) ? path : named?.template
    if (template === undefined || !templates.has(template)) throw new TenantryError('PROCEDURE_NOT_FOUND')
    const route = byPlace.get(`${method} ${template}`)
    if (route === undefined) throw new TenantryError('METHOD_NOT_ALLOWED')
    return { route, id: template === path ? undefined : named?.id }
  }
}

/** `/accounts/0199…/archive` is `/accounts/{id}/archive`. */
function byId(path: string): { template: string; id: string } | undefined {
  const [, collection = '', id = '', rest = ''] = /^(\/[a-z-]+)\/([^/]+)((?:\/[a-z-]+)?)$/.exec(path) ?? []
  return id === '' ? undefined : { template: `${collection}/{id}${rest}`, id: decoded(id) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
