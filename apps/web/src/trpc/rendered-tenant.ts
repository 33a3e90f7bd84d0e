let id: string | undefined

/**
 * The company this tab shows. It travels with every call as an assertion, never as a selector: after a switch in another
 * tab the API answers TENANT_CHANGED instead of showing one company's rows under another's name.
 */
export const renderedTenant = {
  set(tenantId: string | undefined) {
    id = tenantId
  },
  header(): Record<string, string> {
    return id === undefined ? {} : { 'x-tenantry-tenant': id }
  },
}
