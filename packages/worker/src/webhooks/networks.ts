import { TenantryError } from '@tenantry/errors'
import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.process>
type Network = [Address, number]

/** Networks that are not the internet and may be reached all the same, because whoever runs this installation said so. */
export interface AllowedNetworks {
  hold(address: string): boolean
}

/** Reads `10.1.0.0/16, 127.0.0.1/32`. Throws CONFIGURATION_INVALID. */
export function parseNetworks(text: string | undefined): AllowedNetworks {
  const parts = (text ?? '').split(',').map((part) => part.trim())
  const networks = parts.filter((part) => part !== '').map(networkOf)
  return {
    hold(address) {
      const found = addressOf(address)
      return found !== undefined && networks.some((network) => holds(network, found))
    },
  }
}

/**
 * Whether an address is one of the internet: not of this machine, of an inner network, of one that is reserved, and not one
 * of these in the clothes of another (as IPv4 within IPv6). What is not understood is none.
 */
export function isPublic(address: string): boolean {
  return addressOf(address)?.range() === 'unicast'
}

function networkOf(text: string): Network {
  if (!ipaddr.isValidCIDR(text)) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'WEBHOOK_NETWORKS must be networks such as 10.1.0.0/16, separated by commas.',
    })
  }
  return ipaddr.parseCIDR(text)
}

/** IPv4 within IPv6 is IPv4: the same machine answers. A zone (`fe80::1%eth0`) names a card of this machine. */
function addressOf(address: string): Address | undefined {
  return ipaddr.isValid(address) && !address.includes('%') ? ipaddr.process(address) : undefined
}

function holds([network, bits]: Network, address: Address): boolean {
  if (network.kind() !== address.kind()) return false
  return address.match(network as never, bits)
}
