/** Addresses as Require ip, allow and deny name them: whole ones, beginnings, with a mask or the number of its bits. */

const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const V4 = /^(\d{1,3}\.){0,3}\d{1,3}\.?$/

export function isAddress(range: string): boolean {
  const [base = '', mask] = range.split('/')
  const fits = (text: string): boolean => V4.test(text) && text.split('.').every(part => Number(part) <= 255)
  if (base.includes(':')) return /^[\da-f:.]+$/i.test(base)
  return fits(base) && (mask === undefined || (/^\d+$/.test(mask) ? Number(mask) <= 32 : fits(mask)))
}

/** @param range `10.1`, `10.1.2.3`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0` */
export function contains(range: string, ip: string): boolean {
  if (range.includes(':') || ip.includes(':')) return range === ip
  const [base = '', mask] = range.split('/')
  const parts = base.replace(/\.$/, '').split('.')
  if (mask === undefined) return parts.every((part, i) => Number(part) === Number(ip.split('.')[i]))
  const bits = mask.includes('.') ? 32 - Math.log2(2 ** 32 - number(mask)) : Number(mask)
  const size = 2 ** (32 - bits)
  const whole = [...parts, '0', '0', '0'].slice(0, 4).join('.')
  return Math.floor(number(whole) / size) === Math.floor(number(ip) / size)
}
