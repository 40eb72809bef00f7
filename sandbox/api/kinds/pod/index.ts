/** Pods. */
import { within } from '../../../parts.ts'
import { defineKind } from '../../kind.ts'
import type { Pod } from '../../types.ts'
import { workloads } from '../validation/parts.ts'
import { podColumns } from './columns.ts'
import { setPodDefaults } from './defaults.ts'
import { shareWithKin } from './kin.ts'
import { applyLabelKeys } from './labelkeys.ts'
import { qosClass } from './qos.ts'

export const pod = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
    'status',
  ],
  hasGeneration: true,
  setDefaults: setPodDefaults,
  prepareForCreate(pod, { now }) {
    pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec) }
    if (pod.spec.schedulingGates?.length) {
      pod.status.conditions = [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: now,
          reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
        },
      ]
    }
    applyLabelKeys(pod)
    shareWithKin(pod)
  },
  prepareForStatusUpdate(pod, old) {
    const { qosClass } = old.status
    if (qosClass) pod.status.qosClass ||= qosClass
  },
  keptInStatus: new Set(['ownerReferences']),
  checks: within(workloads, checks => checks.pod),
  columns: podColumns,
  selectableFields: ({ spec, status }) => ({
    'spec.nodeName': spec.nodeName ?? '',
    'spec.restartPolicy': spec.restartPolicy ?? '',
    'spec.schedulerName': spec.schedulerName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(spec.hostNetwork ?? false),
    'status.phase': status.phase ?? '',
    'status.podIP': status.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': status.nominatedNodeName ?? '',
  }),
  defaultGracePeriod({ spec, status }) {
    if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0
    const seconds = spec.terminationGracePeriodSeconds ?? 0
    return seconds < 0 ? 1 : seconds
  },
})
