/** Rollbacks asked for by the annotation that stands for the field `spec.rollbackTo` of versions that are gone. */
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { equalTemplates, POD_TEMPLATE_HASH } from '../templates/template.ts'
import { int64, isCopied, ROLLBACK_TO, revisionOf } from './revision.ts'
import type { Rollout } from './rollout.ts'

/** The revision to go back to; 0 is the one before the present. What is no number of 64 bits asks for nothing. */
export const rollbackTo = (d: Deployment): bigint | undefined => int64(d.metadata.annotations?.[ROLLBACK_TO] ?? '')

/** Puts the template of the revision in place of the present one; the annotation goes, whatever comes of it. */
export function rollBack(rollout: Rollout, asked: bigint): void {
  rollout.syncRevision(true)
  const { d, all } = rollout
  const { events } = rollout.context
  const revision = asked || lastRevision(all)
  const target = revision ? all.find(rs => revisionOf(rs) === revision) : undefined
  if (target && !equalTemplates(target.spec.template!, d.spec.template)) {
    write(rollout, templateOf(target), annotationsOf(d, target))
    const message = `Rolled back deployment "${d.metadata.name}" to revision ${revision}`
    events.event(rollout.d, 'Normal', 'DeploymentRollback', message)
    return
  }
  if (target) {
    const message = `The rollback revision contains the same template as current deployment "${d.metadata.name}"`
    events.event(d, 'Warning', 'DeploymentRollbackTemplateUnchanged', message)
  } else {
    const message = revision ? 'Unable to find the revision to rollback to.' : 'Unable to find last revision.'
    events.event(d, 'Warning', 'DeploymentRollbackRevisionNotFound', message)
  }
  write(rollout, d.spec.template, d.metadata.annotations)
}

/** The second of all revisions from the top, 0 if there is none. */
function lastRevision(sets: readonly ReplicaSet[]): bigint {
  const [, second = 0n] = sets.map(revisionOf).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  return second
}

function templateOf(rs: ReplicaSet): Deployment['spec']['template'] {
  const template = rs.spec.template!
  const { [POD_TEMPLATE_HASH]: _hash, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** What the revision was annotated with comes back; the present notes about it go, those of the Deployment itself stay. */
function annotationsOf(d: Deployment, rs: ReplicaSet): Record<string, string> {
  const entries = (annotations: Record<string, string> | undefined, copied: boolean) =>
    Object.entries(annotations ?? {}).filter(([key]) => isCopied(key) === copied)
  return Object.fromEntries([...entries(d.metadata.annotations, false), ...entries(rs.metadata.annotations, true)])
}

function write(
  rollout: Rollout,
  template: Deployment['spec']['template'],
  annotations: Deployment['metadata']['annotations'],
): void {
  const { [ROLLBACK_TO]: _done, ...rest } = annotations ?? {}
  const { d, context } = rollout
  rollout.d = context.client.update(deploymentKind, {
    ...d,
    metadata: { ...d.metadata, annotations: rest },
    spec: { ...d.spec, template },
  })
}
