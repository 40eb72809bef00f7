/** The condition DisruptionAllowed of a PodDisruptionBudget, which evictions and the disruption controller both write. */

export interface Condition {
  type: string
  status: string
  observedGeneration?: number
  lastTransitionTime: string
  reason: string
  message: string
}

const TYPE = 'DisruptionAllowed'

/** @returns the conditions with the verdict in the place of the last one, whose time is kept while the status is */
export function withVerdict(
  conditions: readonly Condition[] = [],
  verdict: Pick<Condition, 'status' | 'reason' | 'message'>,
  generation: number | undefined,
  now: string,
): Condition[] {
  const at = conditions.findIndex(({ type }) => type === TYPE)
  const present = conditions[at]
  const lastTransitionTime = present?.status === verdict.status ? present.lastTransitionTime : now
  const full = { type: TYPE, ...(generation && { observedGeneration: generation }), lastTransitionTime, ...verdict }
  return present ? conditions.map((c, i) => (i === at ? full : c)) : [...conditions, full]
}
