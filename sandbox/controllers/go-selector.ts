/** Label selectors in messages. */
import type { LabelSelector } from '../api/requests/selectors.ts'

/** A selector as Go prints one. */
export function goSelector(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil'
  const labels = Object.keys(selector.matchLabels ?? {})
    .sort()
    .map(key => `${key}: ${selector.matchLabels![key]},`)
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
}
