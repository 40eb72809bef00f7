/** Parts of a status: conditions (one of each type, a changed one goes to the end) and counts (zero is left out). */

export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
}

// Conditions of stored objects are frozen lists, on which `find` and `filter` take many times as long as a loop.

export function findCondition<C extends Condition>(conditions: readonly C[] | undefined, type: string): C | undefined {
  if (conditions) for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === type) return conditions[i]
  return undefined
}

export function withoutCondition<C extends Condition>(conditions: readonly C[] | undefined, type: string): C[] {
  const others: C[] = []
  if (conditions)
    for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type !== type) others.push(conditions[i]!)
  return others
}

/** Unchanged when status and reason are those of the present one; the transition time is kept while the status is. */
export function withCondition<C extends Condition>(conditions: readonly C[] | undefined, condition: C): C[] {
  const present = findCondition(conditions, condition.type)
  if (present && present.status === condition.status && present.reason === condition.reason) return [...conditions!]
  const kept =
    present?.status === condition.status && present.lastTransitionTime
      ? { lastTransitionTime: present.lastTransitionTime }
      : {}
  return [...withoutCondition(conditions, condition.type), { ...condition, ...kept }]
}

/** A count that the published API leaves out when it is 0. */
export const unlessZero = <K extends string>(key: K, n: number): Partial<Record<K, number>> =>
  n ? ({ [key]: n } as Record<K, number>) : {}
