/** Tells kubelets by an annotation for how long they may keep what they have read: the longer, the more nodes there are. */
import { node as nodeKind } from '../../api/kinds/node.ts'
import { type Controller, keyOf, watch } from '../controller.ts'

const ANNOTATION = 'node.alpha.kubernetes.io/ttl'

/** Steps overlap, so that a node that comes and goes does not change the annotation of all. */
const STEPS = [
  { min: 0, max: 100, seconds: 0 },
  { min: 90, max: 500, seconds: 15 },
  { min: 450, max: 1000, seconds: 30 },
  { min: 900, max: 2000, seconds: 60 },
  { min: 1800, max: Number.POSITIVE_INFINITY, seconds: 300 },
] as const

/** Makes a controller; it counts the nodes. */
export function ttlController(): Controller {
  let count = 0
  let step = 0
  const wanted = (): string => String(STEPS[step]!.seconds)
  return {
    name: 'ttl-controller',
    for: nodeKind,
    ignoresOwnStatus: true,
    watches: [
      watch(nodeKind, ({ type, object }) => {
        if (type !== 'MODIFIED') count += type === 'ADDED' ? 1 : -1
        if (count > STEPS[step]!.max) step++
        else if (count < STEPS[step]!.min) step--
        return type !== 'DELETED' && object.metadata.annotations?.[ANNOTATION] !== wanted() ? [keyOf(object)] : []
      }),
    ],
    reconcile({ name }, { client }) {
      const node = client.find(nodeKind, '', name)
      if (!node || node.metadata.annotations?.[ANNOTATION] === wanted()) return
      client.patch(nodeKind, '', name, { metadata: { annotations: { [ANNOTATION]: wanted() } } })
    },
  }
}
