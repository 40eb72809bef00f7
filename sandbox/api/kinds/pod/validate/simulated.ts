/**
 * The table of the fields of a Pod's spec: simulated, harmless, or refused. A field that would have a visible effect
 * that nothing simulates is refused, so that nobody waits for it in vain; a test holds this table against the schema.
 */
import { type FieldError, forbiddenField } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { allContainers, isSet } from './rules.ts'

export type Fate =
  /** Has the effect that it has in Kubernetes. */
  | 'implemented'
  /** Kept, without an effect that could be seen from inside the simulation. */
  | 'harmless'
  /** The kubelet says "not simulated" in an event, where Kubernetes would report the mount. */
  | 'kubelet'
  /** Refused when it is written. */
  | 'refused'
  /** Taken away as it comes, as by 1.36. */
  | 'dropped'

const FATES: Record<string, Fate> = {
  '+': 'implemented',
  '~': 'harmless',
  '?': 'kubelet',
  '!': 'refused',
  '-': 'dropped',
}

/** A line for each type; the marks +, ~, ?, ! and - stand before the fields that have that fate. What lies in a field that is not implemented is not listed. */
const TABLE = `
PodSpec + activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostNetwork hostname hostnameOverride imagePullSecrets initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resources restartPolicy runtimeClassName schedulerName schedulingGates securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes hostIPC hostPID hostUsers ! resourceClaims - schedulingGroup
Affinity + nodeAffinity podAffinity podAntiAffinity
NodeAffinity + preferredDuringSchedulingIgnoredDuringExecution requiredDuringSchedulingIgnoredDuringExecution
PreferredSchedulingTerm + preference weight
NodeSelectorTerm + matchExpressions matchFields
NodeSelectorRequirement + key operator values
NodeSelector + nodeSelectorTerms
PodAffinity + preferredDuringSchedulingIgnoredDuringExecution requiredDuringSchedulingIgnoredDuringExecution
WeightedPodAffinityTerm + podAffinityTerm weight
PodAffinityTerm + labelSelector matchLabelKeys mismatchLabelKeys namespaceSelector namespaces topologyKey
PodAntiAffinity + preferredDuringSchedulingIgnoredDuringExecution requiredDuringSchedulingIgnoredDuringExecution
Container + args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeMounts workingDir ! volumeDevices
EphemeralContainer + args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce targetContainerName terminationMessagePath terminationMessagePolicy tty volumeMounts workingDir ! volumeDevices
EnvVar + name value valueFrom
EnvVarSource + configMapKeyRef fieldRef fileKeyRef resourceFieldRef secretKeyRef
ConfigMapKeySelector + key name optional
ObjectFieldSelector + apiVersion fieldPath
FileKeySelector + key optional path volumeName
ResourceFieldSelector + containerName divisor resource
SecretKeySelector + key name optional
EnvFromSource + configMapRef prefix secretRef
ConfigMapEnvSource + name optional
SecretEnvSource + name optional
Lifecycle + postStart preStop - stopSignal
LifecycleHandler + exec httpGet sleep tcpSocket
ExecAction + command
HTTPGetAction + host httpHeaders path port scheme
HTTPHeader + name value
SleepAction + seconds
TCPSocketAction + host port
Probe + exec failureThreshold grpc httpGet initialDelaySeconds periodSeconds successThreshold tcpSocket terminationGracePeriodSeconds timeoutSeconds
GRPCAction + port service
ContainerPort + containerPort hostIP hostPort name protocol
ContainerResizePolicy + resourceName restartPolicy
ResourceRequirements + limits requests ! claims
ContainerRestartRule + action exitCodes
ContainerRestartRuleOnExitCodes + operator values
SecurityContext + allowPrivilegeEscalation appArmorProfile capabilities privileged readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seccompProfile ~ procMount seLinuxOptions windowsOptions
AppArmorProfile + localhostProfile type
SeccompProfile + localhostProfile type
Sysctl + name value
Capabilities + add drop
VolumeMount + mountPath name readOnly recursiveReadOnly subPath subPathExpr ~ mountPropagation
PodDNSConfig + nameservers options searches
PodDNSConfigOption + name value
HostAlias + hostnames ip
LocalObjectReference + name
PodOS + name
PodReadinessGate + conditionType
PodSchedulingGate + name
PodSecurityContext + appArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seccompProfile supplementalGroups supplementalGroupsPolicy sysctls ~ seLinuxChangePolicy seLinuxOptions windowsOptions
Toleration + effect key operator tolerationSeconds value
TopologySpreadConstraint + labelSelector matchLabelKeys maxSkew minDomains nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable
LabelSelector + matchExpressions matchLabels
LabelSelectorRequirement + key operator values
Volume + configMap downwardAPI emptyDir ephemeral hostPath image name persistentVolumeClaim projected secret ? awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk gitRepo glusterfs iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume
ConfigMapVolumeSource + defaultMode items name optional
KeyToPath + key mode path
DownwardAPIVolumeSource + defaultMode items
DownwardAPIVolumeFile + fieldRef mode path resourceFieldRef
ImageVolumeSource + pullPolicy reference
EmptyDirVolumeSource + medium sizeLimit
HostPathVolumeSource + path type
PersistentVolumeClaimVolumeSource + claimName readOnly
EphemeralVolumeSource + volumeClaimTemplate
PersistentVolumeClaimTemplate + metadata spec
ProjectedVolumeSource + defaultMode sources
VolumeProjection + configMap downwardAPI secret serviceAccountToken - clusterTrustBundle podCertificate
ConfigMapProjection + items name optional
DownwardAPIProjection + items
SecretProjection + items name optional
ServiceAccountTokenProjection + audience expirationSeconds path
SecretVolumeSource + defaultMode items optional secretName
`

const fates = new Map<string, Map<string, Fate>>()
for (const line of TABLE.trim().split('\n')) {
  const [type, ...words] = line.split(' ')
  const fields = new Map<string, Fate>()
  let fate: Fate = 'implemented'
  for (const word of words) {
    const mark = FATES[word]
    if (mark) fate = mark
    else fields.set(word, fate)
  }
  fates.set(type!, fields)
}

/** undefined for what the table does not know: a type that a newer schema brings, or one inside a field that is not implemented. */
export const fateOf = (type: string, field: string): Fate | undefined => fates.get(type)?.get(field)
export const listedTypes = (): string[] => [...fates.keys()]
export const listedFields = (type: string): string[] => [...(fates.get(type)?.keys() ?? [])]

const refusals = (type: string): string[] => listedFields(type).filter(field => fateOf(type, field) === 'refused')

const holds = (value: Draft): boolean => isSet(value) && value !== '' && !(Array.isArray(value) && !value.length)

function refuse(type: string, object: Draft, field: string): FieldError[] {
  return refusals(type)
    .filter(key => holds(object?.[key]))
    .map(key => forbiddenField(`${field}.${key}`, 'not simulated'))
}

/** Asked only of a spec in which Kubernetes itself would find nothing wrong. */
export const notSimulated = (spec: Draft, field: string): FieldError[] => [
  ...refuse('PodSpec', spec, field),
  ...refuse('PodSecurityContext', spec.securityContext, `${field}.securityContext`),
  ...allContainers(spec, field).flatMap(({ container, field: path }) => [
    ...refuse('Container', container, path),
    ...refuse('ResourceRequirements', container.resources, `${path}.resources`),
  ]),
]
