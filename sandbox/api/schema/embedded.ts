/** Structs that Kubernetes' Go types hold without a name of their own in the JSON; its decoder names them when it complains. */

interface Embedded {
  struct: string
  /** The fields that are the embedded struct's, or all but those that are not. */
  holds: ReadonlySet<string>
  but?: true
}

const only = (struct: string, ...fields: string[]): Embedded => ({ struct, holds: new Set(fields) })
const allBut = (struct: string, ...fields: string[]): Embedded => ({ struct, holds: new Set(fields), but: true })

const REFERENCE = only('LocalObjectReference', 'name')
const DEVICE_CONFIGURATION = only('DeviceConfiguration', 'opaque')

const EMBEDDED: Readonly<Record<string, readonly Embedded[]>> = {
  'core/v1.Volume': [allBut('VolumeSource', 'name')],
  'core/v1.PersistentVolumeSpec': [
    allBut(
      'PersistentVolumeSource',
      'accessModes',
      'capacity',
      'claimRef',
      'mountOptions',
      'nodeAffinity',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'volumeAttributesClassName',
      'volumeMode',
    ),
  ],
  'core/v1.Probe': [only('ProbeHandler', 'exec', 'grpc', 'httpGet', 'tcpSocket')],
  'core/v1.EphemeralContainer': [allBut('EphemeralContainerCommon', 'targetContainerName')],
  // Claims of StatefulSets are the one place where an object stands whole in another.
  'core/v1.PersistentVolumeClaim': [only('TypeMeta', 'apiVersion', 'kind')],
  'core/v1.ConfigMapEnvSource': [REFERENCE],
  'core/v1.ConfigMapKeySelector': [REFERENCE],
  'core/v1.ConfigMapProjection': [REFERENCE],
  'core/v1.ConfigMapVolumeSource': [REFERENCE],
  'core/v1.SecretEnvSource': [REFERENCE],
  'core/v1.SecretKeySelector': [REFERENCE],
  'core/v1.SecretProjection': [REFERENCE],
  'networking/v1.IngressRule': [only('IngressRuleValue', 'http')],
  'admissionregistration/v1.RuleWithOperations': [allBut('Rule', 'operations')],
  'admissionregistration/v1.NamedRuleWithOperations': [
    allBut('RuleWithOperations', 'resourceNames'),
    allBut('Rule', 'resourceNames', 'operations'),
  ],
  'resource/v1.DeviceAllocationConfiguration': [DEVICE_CONFIGURATION],
  'resource/v1.DeviceClaimConfiguration': [DEVICE_CONFIGURATION],
  'resource/v1.DeviceClassConfiguration': [DEVICE_CONFIGURATION],
}

/** How a type's fields are called: `VolumeSource.emptyDir` for one that an embedded struct holds. Undefined: just as they are. */
export function embeddedIn(type: string): ((field: string) => string) | undefined {
  const embedded = EMBEDDED[type]
  return (
    embedded &&
    (field => {
      const around = embedded.filter(({ holds, but }) => holds.has(field) !== Boolean(but))
      return [...around.map(({ struct }) => struct), field].join('.')
    })
  )
}
