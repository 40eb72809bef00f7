/**
 * Kubernetes checks objects in an internal form, and where a message prints one it shows that form: Go's field names, in
 * Go's order, with every field there is. This is that form of a Pod's spec and of what else gets printed, and their diff.
 */
import { type FieldError, invalid } from '../../fields.ts'
import { deepEqual, isObject } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import { alsoEmpty, emptyAt } from '../../schema/left-empty.ts'
import { IMMUTABLE } from './metadata.ts'
import { shownSelector, sorted } from './selector.ts'
import { unifiedDiff } from './unified-diff.ts'

/**
 * One line per type. A field is `Name=json:Type`; =json is left out when it is the name with a small first letter. What
 * stands for an absent field: ~ an empty string, # zero, ! false, " a zero quantity, + an object of zeros; otherwise null.
 * <Type is embedded: its fields are the object's own.
 */
const TYPES = `
PodTemplateSpec <ObjectMeta Spec:PodSpec+
PodFailurePolicy Rules:PodFailurePolicyRule
PodFailurePolicyRule Action~ OnExitCodes:PodFailurePolicyOnExitCodesRequirement OnPodConditions:PodFailurePolicyOnPodConditionsPattern
PodFailurePolicyOnExitCodesRequirement ContainerName Operator~ Values
PodFailurePolicyOnPodConditionsPattern Type~ Status~
SuccessPolicy Rules:SuccessPolicyRule
SuccessPolicyRule SucceededIndexes SucceededCount
PodSpec Volumes:Volume InitContainers:Container Containers:Container EphemeralContainers:EphemeralContainer RestartPolicy~ TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy=dnsPolicy~ NodeSelector ServiceAccountName~ AutomountServiceAccountToken NodeName~ SecurityContext:PodSecurityContext ImagePullSecrets:LocalObjectReference Hostname~ Subdomain~ SetHostnameAsFQDN Affinity:Affinity SchedulerName~ Tolerations:Toleration HostAliases:HostAlias PriorityClassName~ Priority PreemptionPolicy DNSConfig=dnsConfig:PodDNSConfig ReadinessGates:PodReadinessGate RuntimeClassName Overhead EnableServiceLinks TopologySpreadConstraints:TopologySpreadConstraint OS=os:PodOS SchedulingGates:PodSchedulingGate ResourceClaims:PodResourceClaim Resources:ResourceRequirements HostnameOverride SchedulingGroup:PodSchedulingGroup
Volume Name~ <VolumeSource
VolumeSource HostPath:HostPathVolumeSource EmptyDir:EmptyDirVolumeSource GCEPersistentDisk=gcePersistentDisk:GCEPersistentDiskVolumeSource AWSElasticBlockStore=awsElasticBlockStore:AWSElasticBlockStoreVolumeSource GitRepo:GitRepoVolumeSource Secret:SecretVolumeSource NFS=nfs:NFSVolumeSource ISCSI=iscsi:ISCSIVolumeSource Glusterfs:GlusterfsVolumeSource PersistentVolumeClaim:PersistentVolumeClaimVolumeSource RBD=rbd:RBDVolumeSource Quobyte:QuobyteVolumeSource FlexVolume:FlexVolumeSource Cinder:CinderVolumeSource CephFS=cephfs:CephFSVolumeSource Flocker:FlockerVolumeSource DownwardAPI:DownwardAPIVolumeSource FC=fc:FCVolumeSource AzureFile:AzureFileVolumeSource ConfigMap:ConfigMapVolumeSource VsphereVolume:VsphereVirtualDiskVolumeSource AzureDisk:AzureDiskVolumeSource PhotonPersistentDisk:PhotonPersistentDiskVolumeSource Projected:ProjectedVolumeSource PortworxVolume:PortworxVolumeSource ScaleIO:ScaleIOVolumeSource StorageOS=storageos:StorageOSVolumeSource CSI=csi:CSIVolumeSource Ephemeral:EphemeralVolumeSource Image:ImageVolumeSource
HostPathVolumeSource Path~ Type
EmptyDirVolumeSource Medium~ SizeLimit
GCEPersistentDiskVolumeSource PDName=pdName~ FSType=fsType~ Partition# ReadOnly!
AWSElasticBlockStoreVolumeSource VolumeID~ FSType=fsType~ Partition# ReadOnly!
GitRepoVolumeSource Repository~ Revision~ Directory~
SecretVolumeSource SecretName~ Items:KeyToPath DefaultMode Optional
KeyToPath Key~ Path~ Mode
NFSVolumeSource Server~ Path~ ReadOnly!
ISCSIVolumeSource TargetPortal~ IQN=iqn~ Lun# ISCSIInterface=iscsiInterface~ FSType=fsType~ ReadOnly! Portals DiscoveryCHAPAuth=chapAuthDiscovery! SessionCHAPAuth=chapAuthSession! SecretRef:LocalObjectReference InitiatorName
LocalObjectReference Name~
GlusterfsVolumeSource EndpointsName=endpoints~ Path~ ReadOnly!
PersistentVolumeClaimVolumeSource ClaimName~ ReadOnly!
RBDVolumeSource CephMonitors=monitors RBDImage=image~ FSType=fsType~ RBDPool=pool~ RadosUser=user~ Keyring~ SecretRef:LocalObjectReference ReadOnly!
QuobyteVolumeSource Registry~ Volume~ ReadOnly! User~ Group~ Tenant~
FlexVolumeSource Driver~ FSType=fsType~ SecretRef:LocalObjectReference ReadOnly! Options
CinderVolumeSource VolumeID~ FSType=fsType~ ReadOnly! SecretRef:LocalObjectReference
CephFSVolumeSource Monitors Path~ User~ SecretFile~ SecretRef:LocalObjectReference ReadOnly!
FlockerVolumeSource DatasetName~ DatasetUUID~
DownwardAPIVolumeSource Items:DownwardAPIVolumeFile DefaultMode
DownwardAPIVolumeFile Path~ FieldRef:ObjectFieldSelector ResourceFieldRef:ResourceFieldSelector Mode
ObjectFieldSelector APIVersion=apiVersion~ FieldPath~
ResourceFieldSelector ContainerName~ Resource~ Divisor"
FCVolumeSource TargetWWNs Lun FSType=fsType~ ReadOnly! WWIDs=wwids
AzureFileVolumeSource SecretName~ ShareName~ ReadOnly!
ConfigMapVolumeSource <LocalObjectReference Items:KeyToPath DefaultMode Optional
VsphereVirtualDiskVolumeSource VolumePath~ FSType=fsType~ StoragePolicyName~ StoragePolicyID~
AzureDiskVolumeSource DiskName~ DataDiskURI=diskURI~ CachingMode FSType=fsType ReadOnly Kind
PhotonPersistentDiskVolumeSource PdID~ FSType=fsType~
ProjectedVolumeSource Sources:VolumeProjection DefaultMode
VolumeProjection Secret:SecretProjection DownwardAPI:DownwardAPIProjection ConfigMap:ConfigMapProjection ServiceAccountToken:ServiceAccountTokenProjection ClusterTrustBundle:ClusterTrustBundleProjection PodCertificate:PodCertificateProjection
SecretProjection <LocalObjectReference Items:KeyToPath Optional
DownwardAPIProjection Items:DownwardAPIVolumeFile
ConfigMapProjection <LocalObjectReference Items:KeyToPath Optional
ServiceAccountTokenProjection Audience~ ExpirationSeconds# Path~
ClusterTrustBundleProjection Name SignerName LabelSelector:LabelSelector Optional Path~
PodCertificateProjection SignerName~ KeyType~ MaxExpirationSeconds CredentialBundlePath~ KeyPath~ CertificateChainPath~ UserAnnotations
PortworxVolumeSource VolumeID~ FSType=fsType~ ReadOnly!
ScaleIOVolumeSource Gateway~ System~ SecretRef:LocalObjectReference SSLEnabled=sslEnabled! ProtectionDomain~ StoragePool~ StorageMode~ VolumeName~ FSType=fsType~ ReadOnly!
StorageOSVolumeSource VolumeName~ VolumeNamespace~ FSType=fsType~ ReadOnly! SecretRef:LocalObjectReference
CSIVolumeSource Driver~ ReadOnly FSType=fsType VolumeAttributes NodePublishSecretRef:LocalObjectReference
EphemeralVolumeSource VolumeClaimTemplate:PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate <ObjectMeta Spec:PersistentVolumeClaimSpec+
PersistentVolumeClaimSpec AccessModes Selector:LabelSelector Resources:VolumeResourceRequirements+ VolumeName~ StorageClassName VolumeMode DataSource:TypedLocalObjectReference DataSourceRef:TypedObjectReference VolumeAttributesClassName
VolumeResourceRequirements Limits Requests
TypedLocalObjectReference APIGroup=apiGroup Kind~ Name~
TypedObjectReference APIGroup=apiGroup Kind~ Name~ Namespace
ImageVolumeSource Reference~ PullPolicy~
Container Name~ Image~ Command Args WorkingDir~ Ports:ContainerPort EnvFrom:EnvFromSource Env:EnvVar Resources:ResourceRequirements+ ResizePolicy:ContainerResizePolicy RestartPolicy RestartPolicyRules:ContainerRestartRule VolumeMounts:VolumeMount VolumeDevices:VolumeDevice LivenessProbe:Probe ReadinessProbe:Probe StartupProbe:Probe Lifecycle:Lifecycle TerminationMessagePath~ TerminationMessagePolicy~ ImagePullPolicy~ SecurityContext:SecurityContext Stdin! StdinOnce! TTY=tty!
ContainerPort Name~ HostPort# ContainerPort# Protocol~ HostIP~
EnvFromSource Prefix~ ConfigMapRef:ConfigMapEnvSource SecretRef:SecretEnvSource
ConfigMapEnvSource <LocalObjectReference Optional
SecretEnvSource <LocalObjectReference Optional
EnvVar Name~ Value~ ValueFrom:EnvVarSource
EnvVarSource FieldRef:ObjectFieldSelector ResourceFieldRef:ResourceFieldSelector ConfigMapKeyRef:ConfigMapKeySelector SecretKeyRef:SecretKeySelector FileKeyRef:FileKeySelector
ConfigMapKeySelector <LocalObjectReference Key~ Optional
SecretKeySelector <LocalObjectReference Key~ Optional
FileKeySelector VolumeName~ Path~ Key~ Optional
ResourceRequirements Limits Requests Claims:ResourceClaim
ResourceClaim Name~ Request~
ContainerResizePolicy ResourceName~ RestartPolicy~
ContainerRestartRule Action~ ExitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes Operator~ Values
VolumeMount Name~ ReadOnly! RecursiveReadOnly MountPath~ SubPath~ MountPropagation SubPathExpr~
VolumeDevice Name~ DevicePath~
Probe <ProbeHandler InitialDelaySeconds# TimeoutSeconds# PeriodSeconds# SuccessThreshold# FailureThreshold# TerminationGracePeriodSeconds
ProbeHandler Exec:ExecAction HTTPGet=httpGet:HTTPGetAction TCPSocket=tcpSocket:TCPSocketAction GRPC=grpc:GRPCAction
ExecAction Command
HTTPGetAction Path~ Port# Host~ Scheme~ HTTPHeaders=httpHeaders:HTTPHeader
HTTPHeader Name~ Value~
TCPSocketAction Port# Host~
GRPCAction Port# Service
Lifecycle PostStart:LifecycleHandler PreStop:LifecycleHandler StopSignal
LifecycleHandler Exec:ExecAction HTTPGet=httpGet:HTTPGetAction TCPSocket=tcpSocket:TCPSocketAction Sleep:SleepAction
SleepAction Seconds#
SecurityContext Capabilities:Capabilities Privileged SELinuxOptions=seLinuxOptions:SELinuxOptions WindowsOptions:WindowsSecurityContextOptions RunAsUser RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile:SeccompProfile AppArmorProfile:AppArmorProfile
Capabilities Add Drop
SELinuxOptions User~ Role~ Type~ Level~
WindowsSecurityContextOptions GMSACredentialSpecName=gmsaCredentialSpecName GMSACredentialSpec=gmsaCredentialSpec RunAsUserName HostProcess
SeccompProfile Type~ LocalhostProfile
AppArmorProfile Type~ LocalhostProfile
EphemeralContainer <EphemeralContainerCommon TargetContainerName~
EphemeralContainerCommon Name~ Image~ Command Args WorkingDir~ Ports:ContainerPort EnvFrom:EnvFromSource Env:EnvVar Resources:ResourceRequirements+ ResizePolicy:ContainerResizePolicy RestartPolicy RestartPolicyRules:ContainerRestartRule VolumeMounts:VolumeMount VolumeDevices:VolumeDevice LivenessProbe:Probe ReadinessProbe:Probe StartupProbe:Probe Lifecycle:Lifecycle TerminationMessagePath~ TerminationMessagePolicy~ ImagePullPolicy~ SecurityContext:SecurityContext Stdin! StdinOnce! TTY=tty!
PodSecurityContext HostNetwork! HostPID! HostIPC! ShareProcessNamespace HostUsers SELinuxOptions=seLinuxOptions:SELinuxOptions WindowsOptions:WindowsSecurityContextOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup=fsGroup FSGroupChangePolicy=fsGroupChangePolicy Sysctls:Sysctl SeccompProfile:SeccompProfile AppArmorProfile:AppArmorProfile SELinuxChangePolicy=seLinuxChangePolicy
Sysctl Name~ Value~
Affinity NodeAffinity:NodeAffinity PodAffinity:PodAffinity PodAntiAffinity:PodAntiAffinity
NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm
NodeSelector NodeSelectorTerms:NodeSelectorTerm
NodeSelectorTerm MatchExpressions:NodeSelectorRequirement MatchFields:NodeSelectorRequirement
NodeSelectorRequirement Key~ Operator~ Values
PreferredSchedulingTerm Weight# Preference:NodeSelectorTerm+
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm
PodAffinityTerm LabelSelector:LabelSelector Namespaces TopologyKey~ NamespaceSelector:LabelSelector MatchLabelKeys MismatchLabelKeys
WeightedPodAffinityTerm Weight# PodAffinityTerm:PodAffinityTerm+
PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm
Toleration Key~ Operator~ Value~ Effect~ TolerationSeconds
HostAlias IP=ip~ Hostnames
PodDNSConfig Nameservers Searches Options:PodDNSConfigOption
PodDNSConfigOption Name~ Value
PodReadinessGate ConditionType~
TopologySpreadConstraint MaxSkew# TopologyKey~ WhenUnsatisfiable~ LabelSelector:LabelSelector MinDomains NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys
PodOS Name~
PodSchedulingGate Name~
PodResourceClaim Name~ ResourceClaimName ResourceClaimTemplateName
PodSchedulingGroup PodGroupName
PersistentVolumeSource GCEPersistentDisk=gcePersistentDisk:GCEPersistentDiskVolumeSource AWSElasticBlockStore=awsElasticBlockStore:AWSElasticBlockStoreVolumeSource HostPath:HostPathVolumeSource Glusterfs NFS=nfs:NFSVolumeSource RBD=rbd Quobyte:QuobyteVolumeSource ISCSI=iscsi FlexVolume Cinder CephFS=cephfs FC=fc:FCVolumeSource Flocker:FlockerVolumeSource AzureFile VsphereVolume:VsphereVirtualDiskVolumeSource AzureDisk:AzureDiskVolumeSource PhotonPersistentDisk:PhotonPersistentDiskVolumeSource PortworxVolume:PortworxVolumeSource ScaleIO Local:LocalVolumeSource StorageOS=storageos CSI=csi:CSIPersistentVolumeSource
LocalVolumeSource Path~ FSType=fsType
CSIPersistentVolumeSource Driver~ VolumeHandle~ ReadOnly! FSType=fsType~ VolumeAttributes ControllerPublishSecretRef NodeStageSecretRef NodePublishSecretRef ControllerExpandSecretRef NodeExpandSecretRef
VolumeAttachmentSpec Attacher~ Source:VolumeAttachmentSource+ NodeName~
VolumeAttachmentSource PersistentVolumeName InlineVolumeSpec:PersistentVolumeSpec
VolumeNodeAffinity Required:NodeSelector
ParentReference Group~ Resource~ Namespace~ Name~
ResourceClaimTemplateSpec <ObjectMeta Spec:ResourceClaimSpec+
ResourceClaimSpec Devices:DeviceClaim+
DeviceClaim Requests:DeviceRequest Constraints:DeviceConstraint Config:DeviceClaimConfiguration
DeviceRequest Name~ Exactly:ExactDeviceRequest FirstAvailable:DeviceSubRequest
ExactDeviceRequest DeviceClassName~ Selectors:DeviceSelector AllocationMode~ Count# AdminAccess Tolerations:DeviceToleration Capacity:CapacityRequirements
DeviceSubRequest Name~ DeviceClassName~ Selectors:DeviceSelector AllocationMode~ Count# Tolerations:DeviceToleration Capacity:CapacityRequirements
DeviceSelector CEL=cel:CELDeviceSelector
CELDeviceSelector Expression~
DeviceConstraint Requests MatchAttribute DistinctAttribute
DeviceClaimConfiguration Requests <DeviceConfiguration
DeviceConfiguration Opaque:OpaqueDeviceConfiguration
OpaqueDeviceConfiguration Driver~ Parameters
DeviceToleration Key~ Operator~ Value~ Effect~ TolerationSeconds
CapacityRequirements Requests
CSINodeDriver Name~ NodeID~ TopologyKeys Allocatable:VolumeNodeResources
VolumeNodeResources Count
PodDisruptionBudgetSpec MinAvailable Selector:LabelSelector MaxUnavailable UnhealthyPodEvictionPolicy
`

interface InternalField {
  name: string
  json: string
  type: string | undefined
  zero: unknown
  embedded: boolean
}

const ZEROS: Record<string, unknown> = { '~': '', '#': 0, '!': false, '"': '0' }
const WORD = /^(<?)(\w+)(?:=(\w+))?(?::(\w+))?([~#!"+]?)$/

const types = new Map<string, InternalField[]>()
for (const line of TYPES.trim().split('\n')) {
  const [type, ...words] = line.split(' ')
  types.set(
    type!,
    words.map(word => {
      const [, embedded, name, json, of, zero] = WORD.exec(word)!
      return {
        name: name!,
        json: json ?? name![0]!.toLowerCase() + name!.slice(1),
        type: embedded ? name : of,
        zero: zero === '+' ? {} : (ZEROS[zero!] ?? null),
        embedded: embedded === '<',
      }
    }),
  )
}

/** The published form has these on the Pod's spec; inside, they are part of its security context. */
const MOVED = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers']

/** Metadata is the same in both forms, and nothing that is empty is shown of it. Maps come sorted, as always in Go. */
const shownMetadata = ({ labels, annotations, name, namespace, finalizers }: Draft): Draft => ({
  name,
  namespace,
  labels: labels && sorted(labels),
  annotations: annotations && sorted(annotations),
  finalizers,
})

function fieldOf({ type, zero }: InternalField, given: Draft): Draft {
  if (given === undefined || given === null) return zero && typeof zero === 'object' ? asInternal(type!, {}) : zero
  if (!type) return isObject(given) ? sorted(given) : given
  return Array.isArray(given) ? given.map(v => asInternal(type, v)) : asInternal(type, given)
}

/** An object of the published API in the internal form of a type. */
export function asInternal(type: string, value: Draft): Draft {
  if (type === 'LabelSelector') return shownSelector(value)
  const given = value
  if (type === 'PodSpec') {
    const moved = Object.fromEntries(MOVED.map(key => [key, value[key]]))
    const { securityContext } = value
    const whole = { ...securityContext, ...moved }
    value = { ...value, securityContext: securityContext ? alsoEmpty(whole, securityContext) : whole }
  }
  const object: Draft = {}
  for (const field of types.get(type) ?? []) {
    if (field.name === 'ObjectMeta') {
      Object.assign(object, shownMetadata(value.metadata ?? {}))
      continue
    }
    if (field.embedded) {
      Object.assign(object, asInternal(field.type!, value))
      continue
    }
    object[field.name] = fieldOf(field, value[field.json] ?? emptyAt(given, field.json))
  }
  return object
}

/** Without what is null or an empty list: to Kubernetes these are one. */
function bare(value: Draft): Draft {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, v]) => v != null && !(Array.isArray(v) && !v.length))
  return Object.fromEntries(kept.map(([key, v]) => [key, bare(v)]))
}

/** Whether two objects of a type say the same, whatever they leave out or spell out. */
export function same(type: string, a: Draft, b: Draft): boolean {
  if (a == null || b == null) return (a ?? null) === (b ?? null)
  return deepEqual(a, b) || deepEqual(bare(asInternal(type, a)), bare(asInternal(type, b)))
}

/** A part that stays as it was; the message shows it in the internal form. */
export const fixed = (type: string, now: Draft, old: Draft, path: string, why = IMMUTABLE): FieldError[] =>
  same(type, now, old) ? [] : [invalid(path, now && asInternal(type, now), why)]

const linesOf = (type: string, object: Draft): string[] => JSON.stringify(asInternal(type, object), null, 1).split('\n')

/** A unified diff of two objects as JSON, as client-go's diff prints it. */
export const internalDiff = (type: string, old: Draft, changed: Draft): string =>
  unifiedDiff(linesOf(type, old), linesOf(type, changed))
