/** Field paths, by kind, of labels, selectors, annotations, numbers of replicas and names of other resources. */
import type { FieldSpec } from './fields.ts'

/** Kinds that hold a template of Pods, and where. */
const TEMPLATES: Readonly<Record<string, string>> = {
  ReplicationController: 'spec/template',
  Deployment: 'spec/template',
  ReplicaSet: 'spec/template',
  DaemonSet: 'spec/template',
  StatefulSet: 'spec/template',
  Job: 'spec/template',
  CronJob: 'spec/jobTemplate/spec/template',
}

const inTemplates = (path: string): FieldSpec[] => [
  ...Object.entries(TEMPLATES).map(([kind, at]) => ({ kind, path: `${at}/${path}`, create: true })),
  { kind: 'CronJob', path: `spec/jobTemplate/${path}`, create: true },
]

export const METADATA_LABELS: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }]
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  ...METADATA_LABELS,
  ...inTemplates('metadata/labels'),
  { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true },
]

const SPREADING = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
]

export const SELECTORS: readonly FieldSpec[] = [
  { kind: 'Service', path: 'spec/selector', create: true },
  { kind: 'ReplicationController', path: 'spec/selector', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map(kind => ({
    kind,
    path: 'spec/selector/matchLabels',
    create: true,
  })),
  ...['Deployment', 'StatefulSet'].flatMap(kind =>
    SPREADING.map(path => ({ kind, path: `spec/template/spec/${path}` })),
  ),
  { kind: 'Job', path: 'spec/selector/matchLabels' },
  { kind: 'CronJob', path: 'spec/jobTemplate/spec/selector/matchLabels' },
  { kind: 'PodDisruptionBudget', path: 'spec/selector/matchLabels' },
  { kind: 'NetworkPolicy', path: 'spec/podSelector/matchLabels' },
  { kind: 'NetworkPolicy', path: 'spec/ingress/from/podSelector/matchLabels' },
  { kind: 'NetworkPolicy', path: 'spec/egress/to/podSelector/matchLabels' },
]

export const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...inTemplates('metadata/annotations'),
]

export const REPLICAS: readonly FieldSpec[] = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].map(
  kind => ({ kind, path: 'spec/replicas', create: true }),
)

/** Fields in which variables are expanded. */
const VARIABLE = ['args', 'command', 'env/value', 'volumeMounts/mountPath']
const POD_SPECS: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ...Object.entries(TEMPLATES).map(([kind, path]) => [kind, `${path}/spec`] as const),
]
export const VARIABLES: readonly FieldSpec[] = [
  ...POD_SPECS.filter(([kind]) => kind !== 'ReplicationController' && kind !== 'PodTemplate').flatMap(
    ([kind, path]) => [
      ...['containers', 'initContainers'].flatMap(c => VARIABLE.map(v => ({ kind, path: `${path}/${c}/${v}` }))),
      { kind, path: `${path}/volumes/nfs/server` },
    ],
  ),
  { kind: 'Deployment', path: 'spec/template/metadata/annotations' },
  { kind: 'Ingress', path: 'spec/rules/host' },
  { kind: 'Ingress', path: 'spec/tls/hosts' },
  { kind: 'Ingress', path: 'spec/tls/secretName' },
  { kind: 'Service', path: 'spec/ports/port' },
  { kind: 'Service', path: 'spec/ports/targetPort' },
  { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/nfs/server' },
  { kind: 'PersistentVolume', path: 'spec/nfs/server' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
]

const inPods = (...paths: string[]): FieldSpec[] =>
  POD_SPECS.flatMap(([kind, at]) => paths.map(path => ({ kind, path: `${at}/${path}` })))
const inContainers = (...paths: string[]): string[] =>
  ['containers', 'initContainers'].flatMap(c => paths.map(p => `${c}/${p}`))
const of = (kinds: string, ...paths: string[]): FieldSpec[] =>
  kinds.split(' ').flatMap(kind => paths.map(path => ({ kind, path })))
const RULES = of('Role ClusterRole', 'rules/resourceNames')
const NGINX = 'metadata/annotations/nginx.ingress.kubernetes.io\\/'
const SCALED = of('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')

/** The kind of a resource → the fields that hold the name of one. */
export const REFERENCES: Readonly<Record<string, readonly FieldSpec[]>> = {
  Deployment: SCALED,
  ReplicationController: SCALED,
  ReplicaSet: SCALED,
  StatefulSet: SCALED,
  ConfigMap: [
    ...inPods(
      'volumes/configMap/name',
      'volumes/projected/sources/configMap/name',
      ...inContainers('env/valueFrom/configMapKeyRef/name', 'envFrom/configMapRef/name'),
    ),
    ...RULES,
    ...of('Ingress', `${NGINX}fastcgi-params-configmap`),
  ],
  Secret: [
    ...inPods(
      'volumes/secret/secretName',
      'volumes/projected/sources/secret/name',
      'imagePullSecrets/name',
      ...inContainers('env/valueFrom/secretKeyRef/name', 'envFrom/secretRef/name'),
    ),
    ...RULES,
    ...of('Ingress', 'spec/tls/secretName', `${NGINX}auth-secret`, `${NGINX}auth-tls-secret`),
    ...of('Ingress', 'metadata/annotations/ingress.kubernetes.io\\/auth-secret'),
    ...of('ServiceAccount', 'imagePullSecrets/name'),
    ...of(
      'StorageClass',
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map(p => `parameters/${p}`),
    ),
    ...of('PersistentVolume', 'spec/azureFile/secretName'),
  ],
  Service: [
    ...of('StatefulSet', 'spec/serviceName'),
    ...of('Ingress', 'spec/rules/http/paths/backend/serviceName', 'spec/backend/serviceName'),
    ...of('Ingress', 'spec/rules/http/paths/backend/service/name', 'spec/defaultBackend/service/name'),
    ...of('APIService', 'spec/service/name'),
    ...of('ValidatingWebhookConfiguration MutatingWebhookConfiguration', 'webhooks/clientConfig/service'),
  ],
  Role: of('RoleBinding', 'roleRef/name'),
  ClusterRole: of('RoleBinding ClusterRoleBinding', 'roleRef/name'),
  ServiceAccount: [...of('RoleBinding ClusterRoleBinding', 'subjects'), ...inPods('serviceAccountName')],
  PersistentVolumeClaim: inPods('volumes/persistentVolumeClaim/claimName'),
  PersistentVolume: [...of('PersistentVolumeClaim', 'spec/volumeName'), ...of('ClusterRole', 'rules/resourceNames')],
  StorageClass: [
    ...of('PersistentVolume PersistentVolumeClaim', 'spec/storageClassName'),
    ...of('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
  ],
  PriorityClass: inPods('priorityClassName'),
  IngressClass: of('Ingress', 'spec/ingressClassName'),
  ValidatingAdmissionPolicy: of('ValidatingAdmissionPolicyBinding', 'spec/policyName'),
}
