/** Numbers of bytes, which have no fractions: of memory, of storage. */
import { parseQuantity } from '../../resources/quantity.ts'

/**
 * Whether a server takes a quantity for a number of whole bytes. It counts in thousandths, of which 64 bits hold fewer than
 * eight binary petabytes: larger ones with a binary suffix come out as another number, which seems to have a fraction.
 */
export function isWholeBytes(text: string | number): boolean {
  const { nano } = parseQuantity(text)
  if (nano % 1_000_000_000n !== 0n) return false
  return !String(text).endsWith('i') || BigInt.asIntN(64, nano / 1_000_000n) % 1000n === 0n
}
