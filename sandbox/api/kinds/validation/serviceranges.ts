/** From where a load balancer may be reached. */
import { type FieldError, forbiddenField } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { cidr } from './addresses.ts'
import { check } from './content.ts'

const ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges'
const ONLY = "may only be used when `type` is 'LoadBalancer'"

export function sourceRanges(metadata: Draft, spec: Draft, old?: Draft): FieldError[] {
  const misplaced = (path: string): FieldError[] => (spec.type === 'LoadBalancer' ? [] : [forbiddenField(path, ONLY)])
  const ranges: string[] = spec.loadBalancerSourceRanges ?? []
  if (ranges.length) {
    const path = 'spec.LoadBalancerSourceRanges'
    return [...misplaced(path), ...ranges.flatMap((range, i) => check(cidr, `${path}[${i}]`, range.trim()))]
  }
  const text: string | undefined = metadata.annotations?.[ANNOTATION]
  if (text === undefined) return []
  const path = `metadata.annotations[${ANNOTATION}]`
  const unchanged = !text.trim() || old?.metadata.annotations?.[ANNOTATION] === text
  const wrong = unchanged ? [] : text.split(',').flatMap(range => check(cidr, path, range.trim()))
  return [...misplaced(path), ...wrong]
}
