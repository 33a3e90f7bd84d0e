/** Physical connections to the tenant database that each contender may open. */
export const maxConnections = 8
