/** Pods, templates and namespaces against the levels of a namespace. */
import { invalidObject } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import { forbidden } from '../../status.ts'
import type { Pod } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import type { LevelVersion, Policy } from '../pod-security.ts'
import { evaluate, type Violation } from './levels.ts'

const STRICTNESS = ['privileged', 'baseline', 'restricted']

const shown = ({ level, minor }: LevelVersion): string => `"${level}:${minor === undefined ? 'latest' : `v1.${minor}`}"`
const detailed = (found: readonly Violation[]): string =>
  found.map(v => (v.detail ? `${v.reason} (${v.detail})` : v.reason)).join(', ')

/** A Pod is refused; of a template, its author is warned. */
export function checkPods(request: AdmissionRequest, policy: Policy, template: readonly string[]): void {
  const { kind, name, object, old, warn } = request
  const pod: Draft = template.reduce<Draft>((at, key) => at?.[key], object)
  if (!pod?.spec) return
  const isPod = !template.length
  if (isPod && old && !isSignificant(pod, old)) return
  if (isPod) {
    const found = evaluate(policy.enforce, pod)
    if (found.length) throw forbidden(kind, name, `violates PodSecurity ${shown(policy.enforce)}: ${detailed(found)}`)
  }
  const warned = evaluate(policy.warn, pod)
  if (warned.length) warn(`would violate PodSecurity ${shown(policy.warn)}: ${detailed(warned)}`)
}

const SECCOMP = /^(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//
const seccompOf = ({ metadata }: Draft): string =>
  JSON.stringify(Object.entries(metadata.annotations ?? {}).filter(([key]) => SECCOMP.test(key)))

/** Only images and containers that were added can make a Pod less secure than it was. */
function isSignificant(pod: Draft, old: Draft): boolean {
  const images = ({ spec }: Draft): string =>
    JSON.stringify(
      ['initContainers', 'containers', 'ephemeralContainers'].map(list =>
        (spec[list] ?? []).map((c: Draft) => [c.name, c.image]),
      ),
    )
  return images(pod) !== images(old) || seccompOf(pod) !== seccompOf(old)
}

/** Labels have to make sense; a stricter level says which Pods it would have refused. */
export function checkNamespace(
  { kind, name, old, warn }: AdmissionRequest,
  policy: Policy,
  before: Policy | undefined,
  server: ApiServer,
): void {
  const wrong = JSON.stringify(policy.errors)
  if (policy.errors.length && (!before || wrong !== JSON.stringify(before.errors)))
    throw invalidObject(kind.kind, kind.group, name, policy.errors)
  if (!old) return
  const now = policy.enforce
  const was = before?.enforce ?? { level: 'privileged', minor: undefined }
  const relaxed = now.minor === was.minor && STRICTNESS.indexOf(now.level) <= STRICTNESS.indexOf(was.level)
  if (now.level === 'privileged' || relaxed) return
  const pods = server.context.list('pods', name) as readonly Pod[]
  const byReason = new Map<string, string[]>()
  for (const pod of pods) {
    const reasons = evaluate(now, pod)
      .map(v => v.reason)
      .join(', ')
    if (reasons) byReason.set(reasons, [...(byReason.get(reasons) ?? []), pod.metadata.name])
  }
  if (!byReason.size) return
  warn(`existing pods in namespace ${JSON.stringify(name)} violate the new PodSecurity enforce level ${shown(now)}`)
  const lines = [...byReason].map(([reasons, names]) => {
    const first = [...names].sort()[0]!
    const others = names.length - 1
    if (!others) return `${first}: ${reasons}`
    return `${first} (and ${others} other pod${others > 1 ? 's' : ''}): ${reasons}`
  })
  for (const line of lines.sort()) warn(line)
}
