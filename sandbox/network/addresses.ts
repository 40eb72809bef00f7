/** IPv4 addresses and ranges, and the pool that hands a node's Pod addresses out as the host-local IPAM plugin does. */

export const parseIPv4 = (ip: string): number | undefined => {
  const parts = ip.split('.')
  if (parts.length !== 4 || !parts.every(p => /^\d{1,3}$/.test(p) && Number(p) < 256)) return undefined
  return parts.reduce((n, p) => n * 256 + Number(p), 0)
}

const formatIPv4 = (n: number): string => [24, 16, 8, 0].map(shift => Math.floor(n / 2 ** shift) % 256).join('.')

export interface Range {
  first: number
  size: number
}

/** @throws if it is no IPv4 range */
export function parseCIDR(cidr: string): Range {
  const [ip = '', bits = ''] = cidr.split('/')
  const address = parseIPv4(ip)
  if (address === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32)
    throw new Error(`not an IPv4 range: ${cidr}`)
  const size = 2 ** (32 - Number(bits))
  return { first: address - (address % size), size }
}

export const contains = (range: Range, ip: number): boolean => ip >= range.first && ip < range.first + range.size

/** Round robin: a freed address is not used again before the range has been gone through once. */
export class AddressPool {
  readonly range: Range
  readonly gateway: string
  #used = new Set<number>()
  #last: number

  constructor(cidr: string) {
    this.range = parseCIDR(cidr)
    this.#last = this.range.first + 1
    this.gateway = formatIPv4(this.#last)
  }

  /** @throws when every address is taken, in the words of the plugin */
  take(): string {
    const lowest = this.range.first + 2
    const count = this.range.size - 3
    for (let i = 0; i < count; i++) {
      this.#last = this.#last + 1 >= lowest + count ? lowest : this.#last + 1
      if (this.#used.has(this.#last)) continue
      this.#used.add(this.#last)
      return formatIPv4(this.#last)
    }
    const { first, size } = this.range
    throw new Error(
      `failed to allocate for range 0: no IP addresses available in range set: ${formatIPv4(first + 1)}-${formatIPv4(first + size - 2)}`,
    )
  }

  free(ip: string): void {
    const n = parseIPv4(ip)
    if (n !== undefined) this.#used.delete(n)
  }
}
