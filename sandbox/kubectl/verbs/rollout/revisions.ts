/** The revisions of a workload: of a Deployment its ReplicaSets, of the others their ControllerRevisions. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { applyStrategicPatch } from '../../patch/strategic-apply.ts'
import { selectorText } from '../../pods/selectors.ts'
import type { Info } from '../../resources/resources.ts'

const REVISION = 'deployment.kubernetes.io/revision'
export const CHANGE_CAUSE = 'kubernetes.io/change-cause'

export interface Revision {
  number: number
  cause: string
  template: Obj
  /** The object that keeps it. */
  keeper: Obj
}

/** Kinds that run Pods, without all of them keeping revisions. */
const WORKLOADS = new Set('Job.batch CronJob.batch Pod ReplicaSet.apps ReplicationController'.split(' '))

/**
 * Oldest first.
 * @param tool what is missing for kinds without revisions
 * @throws KubectlError for kinds that keep none
 */
export async function revisionsOf(k: Kubectl, info: Info, tool: 'history viewer' | 'rollbacker'): Promise<Revision[]> {
  const owner = info.object
  const owned = async (word: string): Promise<Obj[]> => {
    const mapping = await k.resource(word)
    const list = await (await k.client()).list(mapping, info.namespace, {
      query: { labelSelector: selectorText(owner.spec.selector) },
    })
    return (list.items as Obj[]).filter(o =>
      (o.metadata.ownerReferences ?? []).some((r: Obj) => r.controller && r.uid === owner.metadata.uid),
    )
  }
  const sorted = (list: Revision[]): Revision[] => list.sort((a, b) => a.number - b.number)
  switch (info.mapping.kind) {
    case 'Deployment':
      return sorted(
        (await owned('replicasets.apps'))
          .filter(rs => rs.metadata.annotations?.[REVISION])
          .map(rs => ({
            number: Number(rs.metadata.annotations[REVISION]),
            cause: rs.metadata.annotations[CHANGE_CAUSE] ?? '',
            template: rs.spec.template,
            keeper: rs,
          })),
      )
    case 'DaemonSet':
    case 'StatefulSet':
      return sorted(
        (await owned('controllerrevisions.apps')).map(r => ({
          number: r.revision,
          cause: r.metadata.annotations?.[CHANGE_CAUSE] ?? '',
          template: applyStrategicPatch(info.mapping.kind, owner, r.data).spec.template,
          keeper: r,
        })),
      )
    default:
      throw withoutRevisions(info, tool)
  }
}

function withoutRevisions({ mapping: { kind, group } }: Info, tool: string): KubectlError {
  const name = group ? `${kind}.${group}` : kind
  return new KubectlError(
    WORKLOADS.has(name)
      ? `no ${tool} has been implemented for ${JSON.stringify(name)}`
      : `error retrieving ${tool.split(' ')[0]} for ${JSON.stringify(name)}, no visitor method exists for {${group} ${kind}}`,
  )
}
