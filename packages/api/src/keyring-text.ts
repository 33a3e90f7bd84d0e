/** For whoever reads the settings of a server: the keyring stays a text there, and the package that opens it out of reach. */
export { keyringTextOf } from '@tenantry/credentials/keyring'
