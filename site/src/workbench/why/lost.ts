/** The explanation for a Pod whose node is not heard of any more. */
import { type Case, type Finding, type Node, said } from './case.ts'

type Condition = { status: string; lastTransitionTime?: unknown; message?: string }

export function nodeOf({ pod, view }: Case): { node: Node; condition: Condition } | undefined {
  const node = view.nodes.find(n => n.metadata.name === pod.spec.nodeName)
  const condition = node?.status.conditions?.find(c => c.type === 'Ready')
  return node && condition && { node, condition }
}

export const nodeLost = ({ w, now }: Case, node: Node, condition: Condition): Finding => ({
  text: w.nodeLost(node.metadata.name, w.span(now - Date.parse(String(condition.lastTransitionTime)))),
  ...said(condition.message),
})

export function lost(it: Case, node: Node, condition: Condition): Finding[] {
  const { pod, w, now } = it
  const taint = node.spec.taints?.find(t => t.effect === 'NoExecute' && /unreachable|not-ready/.test(t.key))
  const bears = pod.spec.tolerations?.find(
    t => t.effect === 'NoExecute' && t.key === taint?.key && t.tolerationSeconds !== undefined,
  )
  const until =
    taint?.timeAdded && bears ? Date.parse(String(taint.timeAdded)) + (bears.tolerationSeconds ?? 0) * 1000 : undefined
  return [
    nodeLost(it, node, condition),
    ...(until && until > now ? [{ text: w.nodeEvicts(w.span(until - now)), until }] : []),
  ]
}
