/** Resources as the runtime takes them: thousandths of a cpu, and bytes. */
import { parseQuantity } from '../../api/resources/quantity.ts'

export interface Limits {
  cpuMillis?: number
  memoryBytes?: number
  /** Asked for, not a limit: what decides who comes first when cpu is short. */
  cpuRequestMillis?: number
}

export const bytesOf = (amount: string | number): number => Number(parseQuantity(amount).nano / 1_000_000_000n)
const millisOf = (amount: string | number): number => Number(parseQuantity(amount).nano / 1_000_000n)

export type Amounts = Record<string, string | number> | undefined

/** Bytes of a resource among others. */
export const amountOf = (amounts: Amounts, name: string): number =>
  amounts?.[name] === undefined ? 0 : bytesOf(amounts[name]!)

export function limitAmounts(limits: Amounts, requests?: Amounts): Limits {
  return {
    ...(requests?.cpu !== undefined && { cpuRequestMillis: millisOf(requests.cpu) }),
    ...(limits?.cpu !== undefined && { cpuMillis: millisOf(limits.cpu) }),
    ...(limits?.memory !== undefined && { memoryBytes: bytesOf(limits.memory) }),
  }
}
