/** Where pages find the address they were asked under; Next does not tell layouts. */
export const pageAddressHeader = 'x-tenantry-page'
