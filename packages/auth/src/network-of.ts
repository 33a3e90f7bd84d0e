import { isIPv6 } from 'node:net'

/**
 * What one caller is taken for: an IPv4 address, or the /64 of an IPv6 address, as whoever has one IPv6 address has 2^64.
 * Different spellings of an address are the same caller.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return bare.slice(0, longestAddress)
  const groups = groupsOf(bare)
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** A proxy that is configured wrongly may pass on anything. */
const longestAddress = 45

function groupsOf(address: string): number[] {
  // The parser of URLs writes each address in its one canonical form, without dots.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = [], tail] = canonical.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16))
}
