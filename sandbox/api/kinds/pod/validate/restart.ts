/** The rule whether a terminated container may be restarted, which its status must keep to. */
import type { Draft } from '../../../kind.ts'

const matches = (rule: Draft, code: number): boolean => {
  const listed = rule.exitCodes?.values?.includes(code) ?? false
  return rule.exitCodes?.operator === 'In' ? listed : rule.exitCodes?.operator === 'NotIn' && !listed
}

const byPolicy = (policy: string | undefined, code: number): boolean =>
  policy === 'OnFailure' ? code !== 0 : policy !== 'Never'

export function mayRestart(container: Draft, spec: Draft, code: number): boolean {
  if (!container.restartPolicy) return byPolicy(spec.restartPolicy, code)
  const rule = container.restartPolicyRules?.find((r: Draft) => matches(r, code))
  return rule ? true : byPolicy(container.restartPolicy, code)
}

/** A rule of any container can restart all of them. */
export const allMayRestart = (spec: Draft): boolean =>
  someRestartsAll(spec.initContainers) || someRestartsAll(spec.containers)

const someRestartsAll = (containers: Draft): boolean =>
  containers?.some((c: Draft) => c.restartPolicyRules?.some((r: Draft) => r.action === 'RestartAllContainers')) ?? false
