/** RuntimeClass: a Pod that names a class gets its overhead and its nodes; overhead of its own it may not claim. */
import type { Draft } from '../kind.ts'
import { parseQuantity } from '../resources/quantity.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { RuntimeClass } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

const MISMATCH = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"

const concerns = (request: AdmissionRequest): request is AdmissionRequest & { object: Draft } =>
  request.operation === 'CREATE' && Boolean(request.object)

/** @throws Forbidden when there is no such class */
function classOf({ kind, name, object }: AdmissionRequest & { object: Draft }, server: ApiServer) {
  const asked: string | undefined = object.spec.runtimeClassName
  if (asked === undefined || asked === null) return undefined
  const found = server.context.find('runtimeclasses.node.k8s.io', '', asked) as RuntimeClass | undefined
  if (!found) throw forbidden(kind, name, `pod rejected: RuntimeClass ${JSON.stringify(asked)} not found`)
  return found
}

export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  of: ['pods'],
  admit(request, server) {
    if (!concerns(request)) return
    const found = classOf(request, server)
    if (found?.overhead) setOverhead(request, found.overhead.podFixed ?? {})
    if (found?.scheduling) setScheduling(request, found.scheduling)
  },
  validate(request, server) {
    if (!concerns(request)) return
    const { kind, name, object } = request
    const defined = classOf(request, server)?.overhead
    if (defined && !sameAmounts(defined.podFixed ?? {}, object.spec.overhead ?? {}))
      throw forbidden(kind, name, MISMATCH)
    if (!defined && object.spec.overhead)
      throw forbidden(kind, name, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead')
  },
}

type Amounts = Readonly<Record<string, string | number>>

const sameAmounts = (a: Amounts, b: Amounts): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, amount]) => {
    const other = b[name]
    return other !== undefined && parseQuantity(other).nano === parseQuantity(amount).nano
  })

function setOverhead({ kind, name, object }: AdmissionRequest & { object: Draft }, podFixed: Amounts): void {
  const own: Amounts = object.spec.overhead ?? {}
  if (Object.keys(own).length && !sameAmounts(podFixed, own)) throw forbidden(kind, name, MISMATCH)
  object.spec.overhead = { ...podFixed }
}

function setScheduling(
  { kind, name, object }: AdmissionRequest & { object: Draft },
  { nodeSelector, tolerations }: NonNullable<RuntimeClass['scheduling']>,
): void {
  const { spec } = object
  for (const [key, value] of Object.entries(nodeSelector ?? {})) {
    const own: string | undefined = spec.nodeSelector?.[key]
    if (own !== undefined && own !== value) {
      const why = `runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`
      throw forbidden(kind, name, `conflict: ${why}`)
    }
  }
  if (nodeSelector) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector }
  if (tolerations) spec.tolerations = merge([...(spec.tolerations ?? []), ...structuredClone(tolerations)])
}

/** Without those that another one covers; of equal ones the first stays. */
const merge = (all: readonly Draft[]): Draft[] =>
  all.filter((t, i) => !all.some((other, j) => j !== i && covers(other, t) && (j < i || !covers(t, other))))

const operatorOf = (t: Draft): string => t.operator || 'Equal'

function covers(wide: Draft, t: Draft): boolean {
  const exists = operatorOf(wide) === 'Exists'
  if ((t.key ?? '') !== (wide.key ?? '') && (wide.key || !exists)) return false
  if (wide.effect && (t.effect ?? '') !== wide.effect) return false
  const [most, seconds] = [wide.tolerationSeconds, t.tolerationSeconds]
  if (wide.effect === 'NoExecute' && most !== undefined && (seconds === undefined || seconds > most)) return false
  return exists || (operatorOf(t) === 'Equal' && (t.value ?? '') === (wide.value ?? ''))
}
