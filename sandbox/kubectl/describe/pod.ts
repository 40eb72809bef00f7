/** Describes a Pod. */

import { humanDuration } from '../../api/formats/duration.ts'
import type { Obj } from '../objects.ts'
import { describeContainers, describeResources } from './containers.ts'
import type { Describer } from './index.ts'
import { topology } from './pod-template.ts'
import { tolerations } from './selector.ts'
import { describeVolumes } from './volumes.ts'
import { longTime, type Writer } from './writer.ts'

export const controlledBy = (o: Obj): string => {
  const owner = (o.metadata.ownerReferences ?? []).find((r: Obj) => r.controller)
  return owner ? `${owner.kind}/${owner.name}` : ''
}

export const describe: Describer = async (w, pod, { now, events }) => {
  const { metadata, spec, status = {} } = pod
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace)
  if (spec.priority !== undefined) {
    w.field('Priority', spec.priority)
    if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName)
  }
  if (spec.runtimeClassName) w.field('Runtime Class Name', spec.runtimeClassName)
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName)
  w.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>')
  if (status.startTime) w.field('Start Time', longTime(status.startTime))
  w.labels('Labels', metadata.labels)
  w.annotations('Annotations', metadata.annotations)
  describePhase(w, pod, now)
  if (spec.securityContext?.seccompProfile) {
    w.field('SeccompProfile', spec.securityContext.seccompProfile.type)
    if (spec.securityContext.seccompProfile.localhostProfile)
      w.field('LocalhostProfile', spec.securityContext.seccompProfile.localhostProfile, 2)
  }
  describeAddresses(w, status)
  const owner = controlledBy(pod)
  if (owner) w.field('Controlled By', owner)
  if (status.nominatedNodeName) w.field('NominatedNodeName', status.nominatedNodeName)
  if (spec.resources) {
    w.line(0, 'Resources:')
    describeResources(w, spec.resources, 1)
  }
  describeAllContainers(w, pod)
  describeConditions(w, pod)
  describeVolumes(w, spec.volumes, '')
  w.field('QoS Class', status.qosClass ?? '')
  w.labels('Node-Selectors', spec.nodeSelector)
  tolerations(w, spec.tolerations, '')
  topology(w, spec.topologySpreadConstraints, '')
  await events(pod)
}

function describePhase(w: Writer, { metadata, status = {} }: Obj, now: number): void {
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    w.field('Status', `Terminating (lasts ${humanDuration(now - Date.parse(metadata.deletionTimestamp))})`)
    if (metadata.deletionGracePeriodSeconds !== undefined)
      w.field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds}s`)
  } else w.field('Status', status.phase)
  if (status.reason) w.field('Reason', status.reason)
  if (status.message) w.field('Message', status.message)
}

function describeAddresses(w: Writer, status: Obj): void {
  w.field('IP', status.podIP ?? '')
  if (status.podIPs?.length) {
    w.line(0, 'IPs:')
    for (const ip of status.podIPs) w.field('IP', ip.ip, 1)
  } else w.field('IPs', '<none>')
}

function describeAllContainers(w: Writer, pod: Obj): void {
  const { spec, status = {} } = pod
  if (spec.initContainers?.length)
    describeContainers(w, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], pod, '')
  describeContainers(w, 'Containers', spec.containers, status.containerStatuses ?? [], pod, '')
  if (spec.ephemeralContainers?.length)
    describeContainers(
      w,
      'Ephemeral Containers',
      spec.ephemeralContainers,
      status.ephemeralContainerStatuses ?? [],
      pod,
      '',
    )
}

function describeConditions(w: Writer, { spec, status = {} }: Obj): void {
  if (spec.readinessGates?.length) {
    w.line(0, 'Readiness Gates:\n  Type\tStatus')
    for (const g of spec.readinessGates)
      w.line(
        1,
        `${g.conditionType} \t${(status.conditions ?? []).find((c: Obj) => c.type === g.conditionType)?.status ?? '<none>'} `,
      )
  }
  if (status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus')
    for (const c of status.conditions) w.line(1, `${c.type} \t${c.status} `)
  }
}
