/**
 * The tables of simulated, harmless and refused fields of the specs that a course works with, Pods aside
 * (`api/kinds/pod/validate/simulated.ts`). A field counts as implemented when the rooms that give the kind its effect
 * read it; being only validated or printed is no effect.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type ObjectType, type Type, typeNamed } from './api/schema/index.ts'

/** A line for each type: + has its effect, ~ is as it is in a cluster without what would use it, ! is refused. */
const KINDS: readonly { spec: string; rooms: readonly string[]; types: string }[] = [
  {
    spec: 'core/v1.ServiceSpec',
    rooms: ['proxy', 'controllers/endpoints', 'api/kinds/service'],
    // Nobody makes load balancers, so nobody reads the address that one should have, and nobody asks the port for their health checks.
    types: `
ServiceSpec + allocateLoadBalancerNodePorts clusterIP clusterIPs externalIPs externalName externalTrafficPolicy internalTrafficPolicy ipFamilies ipFamilyPolicy loadBalancerClass loadBalancerSourceRanges ports publishNotReadyAddresses selector sessionAffinity sessionAffinityConfig trafficDistribution type ~ healthCheckNodePort loadBalancerIP
ServicePort + appProtocol name nodePort port protocol targetPort
SessionAffinityConfig + clientIP
ClientIPConfig + timeoutSeconds`,
  },
  {
    spec: 'apps/v1.DeploymentSpec',
    rooms: [
      'controllers/deployment',
      'controllers/pods.ts',
      'controllers/replicas/replicas.ts',
      'controllers/templates/template.ts',
    ],
    types: `
DeploymentSpec + minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template
DeploymentStrategy + rollingUpdate type
RollingUpdateDeployment + maxSurge maxUnavailable`,
  },
  {
    spec: 'apps/v1.ReplicaSetSpec',
    rooms: ['controllers/replicas/replicas.ts', 'controllers/replicas/replicaset.ts', 'controllers/podcontrol.ts'],
    types: 'ReplicaSetSpec + minReadySeconds replicas selector template',
  },
  {
    spec: 'core/v1.ReplicationControllerSpec',
    rooms: [
      'controllers/replicas/replicas.ts',
      'controllers/replicas/replicationcontroller.ts',
      'controllers/podcontrol.ts',
    ],
    types: 'ReplicationControllerSpec + minReadySeconds replicas selector template',
  },
  {
    spec: 'apps/v1.StatefulSetSpec',
    rooms: [
      'controllers/statefulset',
      'controllers/templates/history.ts',
      'controllers/parts/sets.ts',
      'controllers/podcontrol.ts',
    ],
    types: `
StatefulSetSpec + minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas revisionHistoryLimit selector serviceName template updateStrategy volumeClaimTemplates
StatefulSetOrdinals + start
StatefulSetPersistentVolumeClaimRetentionPolicy + whenDeleted whenScaled
StatefulSetUpdateStrategy + rollingUpdate type
RollingUpdateStatefulSetStrategy + maxUnavailable partition`,
  },
  {
    spec: 'core/v1.PersistentVolumeClaimSpec',
    rooms: ['controllers/volumes', 'api/scheduling/volume-matching.ts'],
    // The provisioner says "not simulated" in an event of claims that want to be copies, or of a class of attributes.
    types: `
PersistentVolumeClaimSpec + accessModes resources selector storageClassName volumeMode volumeName ! dataSource dataSourceRef volumeAttributesClassName
VolumeResourceRequirements + requests ~ limits`,
  },
  {
    spec: 'apps/v1.DaemonSetSpec',
    rooms: [
      'controllers/daemonset',
      'controllers/templates/history.ts',
      'controllers/parts/sets.ts',
      'controllers/podcontrol.ts',
    ],
    types: `
DaemonSetSpec + minReadySeconds revisionHistoryLimit selector template updateStrategy
DaemonSetUpdateStrategy + rollingUpdate type
RollingUpdateDaemonSet + maxSurge maxUnavailable`,
  },
  {
    spec: 'batch/v1.JobSpec',
    rooms: ['controllers/job', 'controllers/parts/jobs.ts', 'api/kinds/job.ts'],
    types: `
JobSpec + activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template ttlSecondsAfterFinished
PodFailurePolicy + rules
PodFailurePolicyRule + action onExitCodes onPodConditions
PodFailurePolicyOnExitCodesRequirement + containerName operator values
PodFailurePolicyOnPodConditionsPattern + status type
SuccessPolicy + rules
SuccessPolicyRule + succeededCount succeededIndexes`,
  },
  {
    spec: 'batch/v1.CronJobSpec',
    rooms: ['controllers/cronjob'],
    types: `
CronJobSpec + concurrencyPolicy failedJobsHistoryLimit jobTemplate schedule startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone
JobTemplateSpec + metadata spec`,
  },
  {
    spec: 'autoscaling/v2.HorizontalPodAutoscalerSpec',
    rooms: ['controllers/hpa'],
    // Metrics of Pods, objects and the outside are asked for and found to be nowhere: no such metrics API is served.
    types: `
HorizontalPodAutoscalerSpec + behavior maxReplicas metrics minReplicas scaleTargetRef
HorizontalPodAutoscalerBehavior + scaleDown scaleUp
HPAScalingRules + policies selectPolicy stabilizationWindowSeconds tolerance
HPAScalingPolicy + periodSeconds type value
MetricSpec + containerResource external object pods resource type
ContainerResourceMetricSource + container name target
MetricTarget + averageUtilization averageValue type ~ value
ExternalMetricSource + metric ~ target
MetricIdentifier + name selector
ObjectMetricSource + describedObject metric ~ target
CrossVersionObjectReference + apiVersion kind name
PodsMetricSource + metric ~ target
ResourceMetricSource + name target`,
  },
  {
    spec: 'policy/v1.PodDisruptionBudgetSpec',
    rooms: ['controllers/policy/disruption.ts', 'api/subresources/eviction.ts'],
    types: 'PodDisruptionBudgetSpec + maxUnavailable minAvailable selector unhealthyPodEvictionPolicy',
  },
  {
    spec: 'networking/v1.NetworkPolicySpec',
    rooms: ['proxy/network-policies.ts'],
    types: `
NetworkPolicySpec + egress ingress podSelector policyTypes
NetworkPolicyEgressRule + ports to
NetworkPolicyIngressRule + from ports
NetworkPolicyPort + endPort port protocol
NetworkPolicyPeer + ipBlock namespaceSelector podSelector
IPBlock + cidr except`,
  },
  {
    spec: 'networking/v1.IngressSpec',
    rooms: [],
    // There is no ingress controller, as in a cluster in which nobody has installed one.
    types: 'IngressSpec ~ defaultBackend ingressClassName rules tls',
  },
]

/** Of every kind: labels, Pods. */
const ELSEWHERE = new Set(['ObjectMeta', 'PodTemplateSpec', 'LabelSelector', 'JobSpec', 'PersistentVolumeClaim'])
const FATES = { '+': 'implemented', '~': 'harmless', '!': 'refused' } as const
type Fate = (typeof FATES)[keyof typeof FATES]

function fatesIn(types: string): Map<string, Map<string, Fate>> {
  const lines = types.trim().split('\n')
  return new Map(
    lines.map(line => {
      const [type, ...words] = line.split(' ')
      const fields = new Map<string, Fate>()
      let fate: Fate = 'implemented'
      for (const word of words) {
        const mark = FATES[word as keyof typeof FATES]
        if (mark) fate = mark
        else fields.set(word, fate)
      }
      return [type!, fields]
    }),
  )
}

function objectIn(type: Type): ObjectType | undefined {
  if (type.is === 'object') return type.type
  return 'of' in type ? objectIn(type.of) : undefined
}

/** Every type that a spec reaches through fields that are implemented, with its fields. */
function reached(spec: string, fates: ReturnType<typeof fatesIn>): Map<string, string[]> {
  const seen = new Map<string, string[]>()
  const walk = (type: ObjectType): void => {
    if (seen.has(type.name)) return
    seen.set(type.name, [...type.fields.keys()].sort())
    for (const { name, type: of } of type.fields.values()) {
      const inner = objectIn(of)
      if (inner && !ELSEWHERE.has(inner.name) && fates.get(type.name)?.get(name) === 'implemented') walk(inner)
    }
  }
  walk(typeNamed(spec)!)
  return seen
}

function sourceOf(rooms: readonly string[]): string {
  const texts = rooms.flatMap(room => {
    const path = join(import.meta.dirname, room)
    const files = statSync(path).isDirectory() ? readdirSync(path).map(f => join(path, f)) : [path]
    return files.filter(f => f.endsWith('.ts') && !f.endsWith('.test.ts')).map(f => readFileSync(f, 'utf8'))
  })
  return texts.join('\n').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

for (const { spec, rooms, types } of KINDS) {
  it(`says of every field of ${spec} what becomes of it`, () => {
    const fates = fatesIn(types)
    const listed = Object.fromEntries([...fates].map(([type, fields]) => [type, [...fields.keys()].sort()]))
    expect(listed).toEqual(Object.fromEntries(reached(spec, fates)))
  })

  it(`calls no field of ${spec} implemented that nobody reads`, () => {
    const source = sourceOf(rooms)
    const reads = (field: string): boolean => new RegExp(`\\b${field}\\b`).test(source)
    const fields = [...fatesIn(types).values()].flatMap(of => [...of])
    expect(fields.filter(([field, fate]) => fate === 'implemented' && !reads(field))).toEqual([])
  })
}
