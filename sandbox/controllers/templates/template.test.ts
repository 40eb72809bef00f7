/** Hashes of templates, as clusters have shown them. */
import { expect, it } from 'vitest'
import { dataHash, equalTemplates, templateHash } from './template.ts'

const tutorial = (terminationGracePeriodSeconds: number) => ({
  spec: {
    template: {
      $patch: 'replace',
      // Written by the releases from which these hashes are; later ones leave it out.
      metadata: { creationTimestamp: null, labels: { app: 'nginx' } },
      spec: {
        containers: [
          {
            name: 'nginx',
            image: 'k8s.gcr.io/nginx-slim:0.8',
            imagePullPolicy: 'IfNotPresent',
            ports: [{ containerPort: 80, name: 'web', protocol: 'TCP' }],
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
            volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds,
      },
    },
  },
})

it.each([
  [10, '6596ffb49b'],
  [30, 'b46f789c4'],
])('of the StatefulSet of the tutorial with a grace of %i s', (grace, hash) => {
  expect(dataHash(tutorial(grace), 0)).toBe(hash)
})

const template = (labels: Record<string, string>, container: object) => ({
  metadata: { labels },
  spec: {
    containers: [
      { resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', ...container },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  },
})
const nginx = template({ app: 'nginx' }, { name: 'nginx', image: 'nginx', imagePullPolicy: 'Always' })
const nginx142 = template(
  { app: 'nginx' },
  {
    name: 'nginx',
    image: 'nginx:1.14.2',
    imagePullPolicy: 'IfNotPresent',
    ports: [{ containerPort: 80, protocol: 'TCP' }],
  },
)
const phpApache = template(
  { run: 'php-apache' },
  {
    name: 'php-apache',
    image: 'registry.k8s.io/hpa-example',
    imagePullPolicy: 'Always',
    ports: [{ containerPort: 80, protocol: 'TCP' }],
    resources: { limits: { cpu: '500m' }, requests: { cpu: '200m' } },
  },
)

it('are of the same template whatever the order of keys, what is empty, and the hash that it bears', () => {
  const { metadata, spec } = nginx
  const labels = { 'pod-template-hash': 'abc', ...metadata.labels }
  const [container] = spec.containers
  const same = { spec: { ...spec, nodeSelector: {}, initContainers: [], hostname: undefined }, metadata: { labels } }
  const twice = { ...nginx, spec: { ...spec, containers: [container, container] } }
  expect(equalTemplates(nginx, same)).toBe(true)
  expect(equalTemplates(nginx, twice)).toBe(false)
  expect(equalTemplates(nginx, nginx142)).toBe(false)
  expect(equalTemplates(nginx, { ...nginx, metadata: { labels: { app: 'other' } } })).toBe(false)
  const [frozen, other] = [Object.freeze({ ...nginx }), Object.freeze({ ...nginx142 })]
  expect([1, 2].map(() => [equalTemplates(frozen, nginx), equalTemplates(frozen, other)])).toEqual([
    [true, false],
    [true, false],
  ])
})

/** Fields that each release had not yet, the later ones included. */
const SINCE_1_34 = ['PodSpec.SchedulingGroup', 'PodSpec.HostnameOverride', 'Container.RestartPolicyRules']
const SINCE_1_32 = [...SINCE_1_34, 'PodSpec.Resources', 'PodSecurityContext.SELinuxChangePolicy']
const SINCE_1_31 = [...SINCE_1_32, 'PodSecurityContext.SupplementalGroupsPolicy']
const SINCE_1_30 = [...SINCE_1_31, 'PodSecurityContext.AppArmorProfile']
const SINCE_1_28 = [...SINCE_1_30, 'Container.RestartPolicy']
const SINCE_1_27 = [...SINCE_1_28, 'Container.ResizePolicy']

it.each([
  ['nginx of 1.33', nginx, SINCE_1_34, '5869d7778c'],
  ['nginx of 1.31', nginx, SINCE_1_32, '676b6c5bbc'],
  ['nginx of 1.30', nginx, SINCE_1_31, 'bf5d5cf98'],
  ['nginx:1.14.2 of 1.33', nginx142, SINCE_1_34, '647677fc66'],
  ['nginx:1.14.2 of 1.31', nginx142, SINCE_1_32, 'd556bf558'],
  ['nginx:1.14.2 of 1.30', nginx142, SINCE_1_31, '77d8468669'],
  ['nginx:1.14.2 of 1.28', nginx142, SINCE_1_30, '86dcfdf4c6'],
  ['nginx:1.14.2 of 1.27', nginx142, SINCE_1_28, 'cbdccf466'],
  ['nginx:1.14.2 of 1.26', nginx142, SINCE_1_27, '85996f8dbd'],
  ['php-apache of 1.28, which asks for CPU', phpApache, SINCE_1_30, '598b474864'],
  ['php-apache of 1.26', phpApache, SINCE_1_27, '7495ff8f5b'],
])('of a Deployment %s', (_, spec, lacking, hash) => {
  expect(templateHash(spec, undefined, new Set(lacking))).toBe(hash)
})

it('differs when the name was taken', () => {
  const hashes = [undefined, 0, 1].map(collisions => templateHash(nginx, collisions))
  expect(new Set(hashes).size).toBe(3)
})
