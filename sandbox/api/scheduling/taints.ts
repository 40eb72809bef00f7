/** Taints and tolerations. */

export interface Taint {
  key: string
  value?: string
  effect: string
}

export interface Toleration {
  key?: string
  operator?: string
  value?: string
  effect?: string
  tolerationSeconds?: number
}

/** Whether one toleration is for this taint. */
export function matchesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  if (toleration.operator === 'Exists') return true
  return (toleration.value ?? '') === (taint.value ?? '')
}

export const tolerates = (tolerations: readonly Toleration[] | undefined, taint: Taint): boolean =>
  Boolean(tolerations?.some(t => matchesTaint(t, taint)))
