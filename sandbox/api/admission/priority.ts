/** Priority: a Pod's number and preemption policy come from its class, never from the client. */
import type { Draft } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

interface PriorityClass extends KubeObject {
  value: number
  globalDefault?: boolean
  preemptionPolicy?: string
}

const CLASSES = 'priorityclasses.scheduling.k8s.io'

/** Of several defaults, the lowest counts. */
function defaultClass(server: ApiServer): PriorityClass | undefined {
  const all = server.context.list(CLASSES) as readonly PriorityClass[]
  let least: PriorityClass | undefined
  for (let i = 0; i < all.length; i++) {
    const one = all[i]!
    if (one.globalDefault && (!least || one.value < least.value)) least = one
  }
  return least
}

function admitPod({ kind, name, object, old, operation }: AdmissionRequest, server: ApiServer): void {
  const spec: Draft = object.spec
  if (operation === 'UPDATE') {
    const was: Draft = old?.spec
    spec.priority ??= was.priority
    spec.preemptionPolicy ??= was.preemptionPolicy
    if (spec.priority === undefined) delete spec.priority
    if (spec.preemptionPolicy === undefined) delete spec.preemptionPolicy
    return
  }
  const asked: string = spec.priorityClassName ?? ''
  const found = asked ? (server.context.find(CLASSES, '', asked) as PriorityClass | undefined) : defaultClass(server)
  if (asked && !found) throw forbidden(kind, name, `no PriorityClass with name ${asked} was found`)
  const value = found?.value ?? 0
  if (found) spec.priorityClassName = found.metadata.name
  if (spec.priority !== undefined && spec.priority !== value) {
    throw forbidden(
      kind,
      name,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    )
  }
  spec.priority = value
  const policy = found ? (found.preemptionPolicy ?? 'PreemptLowerPriority') : 'PreemptLowerPriority'
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    throw forbidden(
      kind,
      name,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    )
  }
  spec.preemptionPolicy = policy
}

export const priority: AdmissionPlugin = {
  name: 'Priority',
  of: ['pods', 'priorityclasses.scheduling.k8s.io'],
  admit(request, server) {
    if (
      request.object &&
      (request.operation === 'CREATE' || request.operation === 'UPDATE') &&
      request.kind.plural === 'pods'
    )
      admitPod(request, server)
  },
  validate({ kind, name, object, operation }, server) {
    if (!object?.globalDefault || kind.plural !== 'priorityclasses') return
    const other = defaultClass(server)
    if (other && (operation === 'CREATE' || other.metadata.name !== name)) {
      throw forbidden(
        kind,
        name,
        `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
      )
    }
  },
}
