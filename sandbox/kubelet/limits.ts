/** Limits as the runtime takes them: thousandths of a cpu, and bytes. */
import { parseQuantity } from '../api/quantity.ts'

export interface Limits {
  cpuMillis?: number
  memoryBytes?: number
}

export const bytesOf = (amount: string | number): number => Number(parseQuantity(amount).nano / 1_000_000_000n)
export const millisOf = (amount: string | number): number => Number(parseQuantity(amount).nano / 1_000_000n)

export function limitAmounts(limits: Record<string, string | number> | undefined): Limits {
  return {
    ...(limits?.cpu !== undefined && { cpuMillis: millisOf(limits.cpu) }),
    ...(limits?.memory !== undefined && { memoryBytes: bytesOf(limits.memory) }),
  }
}
