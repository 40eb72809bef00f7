/** Amounts of resources as they are stored: no finer than a thousandth. Shared by containers, Pods and claims. */
import type { Draft } from '../kind.ts'
import { parseQuantity, QuantityError, roundUpToMilli } from '../resources/quantity.ts'

/** Amounts finer than a thousandth are rounded up; what is no quantity is left for validation to refuse. */
export function setResourceListDefaults(list: Draft): void {
  for (const [key, value] of Object.entries(list ?? {})) {
    try {
      list[key] = roundUpToMilli(parseQuantity(value as string)).text
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error
    }
  }
}

export function setResourceDefaults(resources: Draft): void {
  setResourceListDefaults(resources?.limits)
  setResourceListDefaults(resources?.requests)
}
