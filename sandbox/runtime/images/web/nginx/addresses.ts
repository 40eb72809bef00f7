/** Addresses in ranges, as allow, deny, geo and set_real_ip_from write them. */

const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** `all`, an address, or `10.0.0.0/8`. */
export function contains(range: string, ip: string): boolean {
  if (range === 'all') return true
  const [base = '', bits = '32'] = range.split('/')
  const size = 2 ** (32 - Number(bits))
  return Math.floor(number(base) / size) === Math.floor(number(ip) / size)
}
