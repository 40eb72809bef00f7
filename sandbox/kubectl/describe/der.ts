/** What stands in the elements of DER: names of objects, and text. */

/** 2.5.4.3 */
export function objectId(body: Uint8Array): string {
  const numbers: number[] = []
  let n = 0
  for (const byte of body) {
    n = n * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    if (!numbers.length) numbers.push(Math.min(2, Math.floor(n / 40)), n - 40 * Math.min(2, Math.floor(n / 40)))
    else numbers.push(n)
    n = 0
  }
  return numbers.join('.')
}

export const text = (body: Uint8Array): string => new TextDecoder().decode(body)
