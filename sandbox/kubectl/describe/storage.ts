/** Describes volumes that outlive Pods: PersistentVolumes, claims, storage classes. */
import { humanDuration } from '../../api/formats/duration.ts'
import { type Obj, printLabels } from '../objects.ts'
import type { Describer } from './index.ts'
import { accessModes, describeSource } from './volumes.ts'
import { longTime, orNone, printBool, type Writer } from './writer.ts'

const phase = (o: Obj, now: number): string =>
  o.metadata.deletionTimestamp
    ? `Terminating (lasts ${humanDuration(now - Date.parse(o.metadata.deletionTimestamp))})`
    : (o.status?.phase ?? '')

const CLASS = 'volume.beta.kubernetes.io/storage-class'
const classOf = (o: Obj): string => o.metadata.annotations?.[CLASS] ?? o.spec.storageClassName ?? ''

export const persistentVolume: Describer = async (w, pv, c) => {
  const { spec } = pv
  w.field('Name', pv.metadata.name)
  w.labels('Labels', pv.metadata.labels)
  w.annotations('Annotations', pv.metadata.annotations)
  w.field('Finalizers', `[${(pv.metadata.finalizers ?? []).join(' ')}]`)
  w.field('StorageClass', classOf(pv))
  w.field('Status', phase(pv, c.now))
  w.field('Claim', spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '')
  w.field('Reclaim Policy', spec.persistentVolumeReclaimPolicy)
  w.field('Access Modes', accessModes(spec.accessModes))
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode)
  w.field('Capacity', spec.capacity?.storage ?? '')
  nodeAffinity(w, spec.nodeAffinity)
  w.field('Message', pv.status?.message ?? '')
  w.line(0, 'Source:')
  describeSource(w, spec, 2, true)
  await c.events(pv)
}

function nodeAffinity(w: Writer, affinity: Obj): void {
  const terms: Obj[] = affinity?.required?.nodeSelectorTerms ?? []
  if (!affinity?.required) {
    w.line(0, `Node Affinity:\t${affinity ? '' : '<none>'}`)
    return
  }
  w.line(0, 'Node Affinity:\t')
  if (!terms.length) {
    w.line(1, 'Required Terms:\t<none>')
    return
  }
  w.line(1, 'Required Terms:\t')
  terms.forEach((t, i) => {
    w.write(2, `Term ${i}:\t`)
    const list: Obj[] = t.matchExpressions ?? []
    if (!list.length) w.line(0, '<none>')
    list.forEach((e, j) => {
      const values = e.values?.length ? ` [${e.values.join(', ')}]` : ''
      w.line(0, `${j ? '\t' : ''}${e.key} ${String(e.operator).toLowerCase()}${values}`)
    })
  })
}

export const persistentVolumeClaim: Describer = async (w, pvc, c) => {
  const { spec, status = {} } = pvc
  w.field('Name', pvc.metadata.name)
  w.field('Namespace', pvc.metadata.namespace)
  w.field('StorageClass', classOf(pvc))
  w.field('Status', phase(pvc, c.now))
  w.field('Volume', spec.volumeName ?? '')
  w.labels('Labels', pvc.metadata.labels)
  w.annotations('Annotations', pvc.metadata.annotations)
  w.field('Finalizers', `[${(pvc.metadata.finalizers ?? []).join(' ')}]`)
  w.field('Capacity', spec.volumeName ? (status.capacity?.storage ?? '') : '')
  w.field('Access Modes', spec.volumeName ? accessModes(status.accessModes) : '')
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode)
  if (spec.dataSource) {
    w.line(0, 'DataSource:')
    if (spec.dataSource.apiGroup) w.field('APIGroup', spec.dataSource.apiGroup, 1)
    w.field('Kind', spec.dataSource.kind, 1)
    w.field('Name', spec.dataSource.name, 1)
  }
  const users = (await c.list('pods', pvc.metadata.namespace)).filter(p =>
    (p.spec.volumes ?? []).some(
      (v: Obj) =>
        v.persistentVolumeClaim?.claimName === pvc.metadata.name ||
        (v.ephemeral && `${p.metadata.name}-${v.name}` === pvc.metadata.name),
    ),
  )
  w.field('Used By', users.map(p => p.metadata.name).join('\n\t') || '<none>')
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage')
    w.line(1, '----\t------\t-----------------\t------------------\t------\t-------')
    for (const x of status.conditions)
      w.line(
        1,
        `${x.type} \t${x.status} \t${longTime(x.lastProbeTime)} \t${longTime(x.lastTransitionTime)} \t${x.reason} \t${x.message}`,
      )
  }
  await c.events(pvc)
}

export const storageClass: Describer = async (w, s, c) => {
  const isDefault = [
    'storageclass.kubernetes.io/is-default-class',
    'storageclass.beta.kubernetes.io/is-default-class',
  ].some(a => s.metadata.annotations?.[a] === 'true')
  w.field('Name', s.metadata.name)
  w.field('IsDefaultClass', isDefault ? 'Yes' : 'No')
  w.field('Annotations', orNone(printLabels(s.metadata.annotations)))
  w.field('Provisioner', s.provisioner)
  w.field('Parameters', orNone(printLabels(s.parameters)))
  w.field('AllowVolumeExpansion', printBool(s.allowVolumeExpansion))
  if (!s.mountOptions?.length) w.line(0, 'MountOptions:\t<none>')
  else {
    w.line(0, 'MountOptions:')
    for (const o of s.mountOptions) w.line(1, o)
  }
  if (s.reclaimPolicy) w.field('ReclaimPolicy', s.reclaimPolicy)
  if (s.volumeBindingMode) w.field('VolumeBindingMode', s.volumeBindingMode)
  if (s.allowedTopologies) {
    w.line(0, `AllowedTopologies:\t${s.allowedTopologies.length ? '' : '<none>'}`)
    for (const [i, term] of (s.allowedTopologies as Obj[]).entries()) {
      const labels = ((term.matchLabelExpressions ?? []) as Obj[]).map(e => `${e.key} in [${e.values.join(', ')}]`)
      for (const [j, text] of (labels.length ? labels : ['<none>']).entries())
        w.line(1, `${j ? '' : `Term ${i}:`}\t${text}`)
    }
  }
  await c.events(s)
}

export const csiNode: Describer = async (w, o, c) => {
  w.field('Name', o.metadata.name)
  w.labels('Labels', o.metadata.labels)
  w.annotations('Annotations', o.metadata.annotations)
  w.field('CreationTimestamp', longTime(o.metadata.creationTimestamp))
  w.line(0, 'Spec:')
  const drivers: Obj[] = o.spec?.drivers ?? []
  if (drivers.length) w.line(1, 'Drivers:')
  for (const { name, nodeID, allocatable, topologyKeys } of drivers) {
    w.line(2, `${name}:`)
    w.field('Node ID', nodeID, 3)
    if (allocatable?.count !== undefined) {
      w.line(3, 'Allocatables:')
      w.field('Count', allocatable.count, 4)
    }
    if (topologyKeys) w.field('Topology Keys', `[${topologyKeys.join(' ')}]`, 3)
  }
  await c.events(o)
}

export const volumeAttributesClass: Describer = async (w, o, c) => {
  w.field('Name', o.metadata.name)
  w.field('Annotations', orNone(printLabels(o.metadata.annotations)))
  w.field('DriverName', o.driverName)
  w.field('Parameters', orNone(printLabels(o.parameters)))
  await c.events(o)
}
