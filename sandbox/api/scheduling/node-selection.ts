/** Matching nodes against a Pod's nodeSelector and node affinity. */
import { matches, type Requirement } from '../requests/selectors.ts'
import type { Node, Pod } from '../types.ts'

export interface NodeSelectorTerm {
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[]
  matchFields?: readonly { key: string; operator: string; values?: readonly string[] }[]
}

const OPERATORS: Record<string, Requirement['operator']> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
  Gt: '>',
  Lt: '<',
}

const requirements = (expressions: NodeSelectorTerm['matchExpressions']): Requirement[] =>
  (expressions ?? []).map(e => ({ key: e.key, operator: OPERATORS[e.operator]!, values: e.values ?? [] }))

/** An empty term means no node. */
export function termMatcher(term: NodeSelectorTerm): (node: Pick<Node, 'metadata'>) => boolean {
  const labels = requirements(term.matchExpressions)
  const fields = requirements(term.matchFields)
  if (!labels.length && !fields.length) return () => false
  return ({ metadata }) => matches(labels, metadata.labels) && matches(fields, { 'metadata.name': metadata.name })
}

/** nodeSelector and every required term; undefined when the Pod asks for nothing. */
export function requiredNodes({ spec }: Pod): ((node: Pick<Node, 'metadata'>) => boolean) | undefined {
  const selector = Object.entries(spec.nodeSelector ?? {})
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (!selector.length && !terms) return undefined
  const any = terms?.map(termMatcher)
  return node =>
    selector.every(([k, v]) => node.metadata.labels?.[k] === v) && (!any || any.some(matches => matches(node)))
}

/** When every term names nodes, those are all that need to be looked at. */
export function namedNodes({ spec }: Pod): Set<string> | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (!terms?.length) return undefined
  const names = new Set<string>()
  for (const { matchFields } of terms) {
    const lists = (matchFields ?? [])
      .filter(f => f.key === 'metadata.name' && f.operator === 'In')
      .map(f => f.values ?? [])
    if (!lists.length) return undefined
    for (const name of lists[0]!) if (lists.every(list => list.includes(name))) names.add(name)
  }
  return names
}
