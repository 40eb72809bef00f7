/** One look at one Deployment: the steps that make its ReplicaSets, size them, and record the result. */
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { replicaSet as replicaSetKind } from '../../api/kinds/replicaset.ts'
import { isAlreadyExists, isNotFound, StatusError } from '../../api/status.ts'
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { findCondition, withCondition } from '../conditions.ts'
import type { ControllerContext } from '../controller.ts'
import { controllerRefOf, newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { equalTemplates, POD_TEMPLATE_HASH, templateHash } from '../templates/template.ts'
import { newSetSize, replicasOf } from './arithmetic.ts'
import { findNewSet, newSetAnnotations, nextRevision, REVISION, replicasAnnotations, revisionOf } from './revision.ts'
import { condition, type DeploymentStatus, hasHistoryLimit, hasProgressDeadline } from './status.ts'

const MAX_NAME = 253

export class Rollout {
  readonly context: ControllerContext
  /** As it is now: every write of ours replaces it. */
  d: Deployment
  newSet: ReplicaSet | undefined
  oldSets: readonly ReplicaSet[]

  constructor(context: ControllerContext, d: Deployment, sets: readonly ReplicaSet[]) {
    this.context = context
    this.d = d
    this.newSet = findNewSet(d, sets)
    this.oldSets = sets.filter(rs => rs !== this.newSet)
  }

  get all(): ReplicaSet[] {
    return this.newSet ? [...this.oldSets, this.newSet] : [...this.oldSets]
  }

  get activeOld(): ReplicaSet[] {
    return this.oldSets.filter(rs => replicasOf(rs) > 0)
  }

  writeStatus(status: DeploymentStatus): void {
    this.d = this.context.client.updateStatus(deploymentKind, { ...this.d, status })
  }

  /** Brings the new set's annotations and the revision up to date; makes the set if it is missing and `create` says so. */
  syncRevision(create: boolean): void {
    const revision = nextRevision(this.oldSets)
    if (this.newSet) this.#adoptRevision(this.newSet, revision)
    else if (create) this.#createNewSet(revision)
  }

  #adoptRevision(rs: ReplicaSet, revision: bigint): void {
    const { client, clock } = this.context
    const present = rs.metadata.annotations ?? {}
    const annotations = newSetAnnotations(this.d, present, revision)
    const { minReadySeconds = 0 } = this.d.spec
    if (!sameEntries(annotations, present) || (rs.spec.minReadySeconds ?? 0) !== minReadySeconds) {
      this.newSet = this.#patchSet(rs, {
        metadata: { annotations },
        spec: { minReadySeconds: minReadySeconds || null },
      })
      // The Deployment's own annotation follows at the next look, which this write causes.
      return
    }
    let conditions = this.d.status.conditions
    if (hasProgressDeadline(this.d) && !findCondition(conditions, 'Progressing')) {
      const found = condition(
        clock,
        'Progressing',
        'True',
        'FoundNewReplicaSet',
        `Found new replica set "${rs.metadata.name}"`,
      )
      conditions = withCondition(conditions, found)
    }
    if (this.d.metadata.annotations?.[REVISION] !== annotations[REVISION] || conditions !== this.d.status.conditions) {
      this.#patchOwn(client, annotations[REVISION]!, conditions)
    }
  }

  #createNewSet(revision: bigint): void {
    const { client, clock, events } = this.context
    const { template, selector, minReadySeconds } = this.d.spec
    const hash = templateHash(template, this.d.status.collisionCount)
    const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash }
    const name = `${this.d.metadata.name.slice(0, MAX_NAME - 1 - hash.length)}-${hash}`
    const namespace = this.d.metadata.namespace ?? ''
    const replicas = newSetSize(this.d, this.oldSets, 0)
    let existed = false
    try {
      this.newSet = client.create(replicaSetKind, {
        metadata: {
          name,
          namespace,
          labels,
          annotations: { ...newSetAnnotations(this.d, {}, revision), ...replicasAnnotations(this.d) },
          ownerReferences: [newControllerRef(this.d, deploymentKind)],
        },
        spec: {
          replicas,
          ...(minReadySeconds && { minReadySeconds }),
          selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
          template: { ...template, metadata: { ...template.metadata, labels } },
        },
      })
    } catch (error) {
      if (!isAlreadyExists(error)) this.#failedToCreate(name, error)
      const present = client.get(replicaSetKind, namespace, name)
      if (controllerRefOf(present)?.uid !== this.d.metadata.uid || !equalTemplates(present.spec.template!, template)) {
        this.writeStatus({ ...this.d.status, collisionCount: (this.d.status.collisionCount ?? 0) + 1 })
        throw error
      }
      this.newSet = present
      existed = true
    }
    if (!existed && replicas > 0) {
      events.event(this.d, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${replicas}`)
    }
    let conditions = this.d.status.conditions
    if (!existed && hasProgressDeadline(this.d)) {
      const made = condition(clock, 'Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${name}"`)
      conditions = withCondition(conditions, made)
    }
    this.#patchOwn(client, String(revision), conditions)
  }

  #failedToCreate(name: string, error: unknown): never {
    const { clock, events } = this.context
    if (!(error instanceof StatusError) || isNamespaceTerminating(error)) throw error
    const message = `Failed to create new replica set "${name}": ${error.message}`
    if (hasProgressDeadline(this.d)) {
      const failed = condition(clock, 'Progressing', 'False', 'ReplicaSetCreateError', message)
      this.writeStatus({ ...this.d.status, conditions: withCondition(this.d.status.conditions, failed) })
    }
    events.event(this.d, 'Warning', 'ReplicaSetCreateError', message)
    throw error
  }

  /** Resizes a set. @param force also when only the annotations of size are out of date */
  scale(rs: ReplicaSet, size: number, force = false): boolean {
    const from = replicasOf(rs)
    if (from === size && !force) return false
    const annotations = replicasAnnotations(this.d)
    const present = rs.metadata.annotations ?? {}
    if (from === size && Object.entries(annotations).every(([k, v]) => present[k] === v)) return false
    const resized = this.#patchSet(rs, { metadata: { annotations }, spec: { replicas: size } })
    if (rs === this.newSet) this.newSet = resized
    else this.oldSets = this.oldSets.map(old => (old === rs ? resized : old))
    if (from === size) return false
    const direction = from < size ? 'up' : 'down'
    const message = `Scaled ${direction} replica set ${rs.metadata.name} from ${from} to ${size}`
    this.context.events.event(this.d, 'Normal', 'ScalingReplicaSet', message)
    return true
  }

  /** Forgets the oldest revisions beyond the limit. */
  cleanUp(): void {
    if (!hasHistoryLimit(this.d)) return
    const old = this.oldSets
      .filter(rs => !rs.metadata.deletionTimestamp)
      .sort((a, b) => Number(revisionOf(a) - revisionOf(b)))
    for (const rs of old.slice(0, Math.max(0, old.length - this.d.spec.revisionHistoryLimit!))) {
      const unseen = (rs.metadata.generation ?? 0) > (rs.status.observedGeneration ?? 0)
      if (rs.status.replicas || replicasOf(rs) || unseen) continue
      try {
        this.context.client.delete(replicaSetKind, rs.metadata.namespace ?? '', rs.metadata.name)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    }
  }

  #patchSet(rs: ReplicaSet, patch: object): ReplicaSet {
    return this.context.client.patch(replicaSetKind, rs.metadata.namespace ?? '', rs.metadata.name, patch)
  }

  #patchOwn(client: ControllerContext['client'], revision: string, conditions: DeploymentStatus['conditions']): void {
    const { namespace = '', name } = this.d.metadata
    const patch = { metadata: { annotations: { [REVISION]: revision } }, status: { ...(conditions && { conditions }) } }
    this.d = client.patch(deploymentKind, namespace, name, patch, 'status')
  }
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(k => a[k] === b[k])
}
