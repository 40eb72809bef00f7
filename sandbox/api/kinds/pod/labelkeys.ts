/** matchLabelKeys and mismatchLabelKeys: when a Pod is made, its own labels' values go into the selectors that name the keys. */
import type { Draft } from '../../kind.ts'

function merge(selector: Draft, keys: readonly string[] | undefined, operator: 'In' | 'NotIn', labels: Draft): void {
  for (const key of keys ?? []) {
    const value = labels?.[key]
    if (value === undefined) continue
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }]
  }
}

function applyTo(term: Draft, labels: Draft): void {
  if (!term?.labelSelector) return
  merge(term.labelSelector, term.matchLabelKeys, 'In', labels)
  merge(term.labelSelector, term.mismatchLabelKeys, 'NotIn', labels)
}

export function applyLabelKeys(pod: Draft): void {
  const { labels } = pod.metadata
  for (const affinity of [pod.spec.affinity?.podAffinity, pod.spec.affinity?.podAntiAffinity]) {
    for (const weighted of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
      applyTo(weighted?.podAffinityTerm, labels)
    }
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) applyTo(term, labels)
  }
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) applyTo(constraint, labels)
}
