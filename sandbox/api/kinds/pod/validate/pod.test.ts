/** Validation of Pods, against answers recorded on a real cluster. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type FieldError, invalidObject } from '../../../fields.ts'
import { clone } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { emptyCluster } from '../../../testing.ts'
import { pod as kind } from '../index.ts'
import { validatePodTemplate } from './template.ts'

/** A Pod as the server has it before it is checked. */
function made(manifest: string): Draft {
  const draft = parse(manifest)
  draft.metadata.namespace ??= 'default'
  kind.setDefaults!(draft, emptyCluster)
  kind.prepareForCreate!(draft, emptyCluster)
  return draft
}

const lines = (errors: FieldError[]): string[] => errors.map(e => `${e.field}: ${e.body}`)
const faults = (manifest: string): string[] => lines(kind.checks!.now.validate!(made(manifest), emptyCluster))

/** As kubectl prints the 422. */
function answer(name: string, errors: FieldError[]): string {
  const causes = (invalidObject('Pod', '', name, errors).status.details?.causes ?? []) as Draft[]
  const texts = causes.map(c => `${c.field}: ${c.message}`)
  const head = `The Pod "${name}" is invalid:`
  return texts.length === 1 ? `${head} ${texts[0]}\n` : `${head}\n${texts.map(text => `* ${text}\n`).join('')}`
}

const PARITY = join(import.meta.dirname, '../../../../parity/api')
interface Step {
  cmd: string
  stderr: string
}

function recorded(name: string): { file: string; manifest: string; said: string }[] {
  const parts = readFileSync(join(PARITY, `${name}.case`), 'utf8').split(/^-- (\S+) --\n/m)
  const files = new Map<string, string>()
  for (let i = 1; i < parts.length; i += 2) files.set(parts[i]!, parts[i + 1]!)
  const steps: Step[] = JSON.parse(readFileSync(join(PARITY, `${name}.golden.json`), 'utf8'))
  return steps.flatMap(({ cmd, stderr }) => {
    const file = /^kubectl apply -f (\S+)$/.exec(cmd)?.[1]
    return file && stderr.startsWith('The Pod') ? [{ file, manifest: files.get(file)!, said: stderr }] : []
  })
}

describe('a Pod that is wrong', () => {
  for (const name of ['basics', 'ports-env', 'scheduling-security']) {
    for (const { file, manifest, said } of recorded(`validation-pod-${name}`)) {
      it(`is answered as by a real cluster: ${file}`, () => {
        const draft = made(manifest)
        const text = answer(draft.metadata.name, kind.checks!.now.validate!(draft, emptyCluster))
        expect(text.replaceAll('10.9.8.7', '<ip>')).toBe(said)
      })
    }
  }

  it('is told that it asks for more than it may have', () => {
    const manifest = `
metadata: {name: big}
spec:
  containers:
  - name: web
    image: nginx
    resources: {requests: {cpu: 2, gpu: 1}, limits: {cpu: 500m, example.com/gpu: 500m}}`
    expect(faults(manifest)).toEqual([
      'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 500m',
      'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
    ])
  })

  it('is told of volumes and mounts that do not fit', () => {
    const manifest = `
metadata: {name: mounts}
spec:
  volumes:
  - {name: data, emptyDir: {}, configMap: {name: a}}
  - {name: keys, secret: {}}
  - {name: text, configMap: {name: a, items: [{key: a, path: ../b}]}}
  - {name: cache}
  containers:
  - name: web
    image: nginx
    volumeMounts:
    - {name: cache, mountPath: /a}
    - {name: cache, mountPath: /a, subPath: /abs}
    - {name: nothing, mountPath: /b}`
    expect(faults(manifest)).toEqual([
      'spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type',
      'spec.volumes[1].secret.secretName: Required value',
      'spec.volumes[2].configMap.items[0].path: Invalid value: "../b": must not contain \'..\'',
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique',
      'spec.containers[0].volumeMounts.subPath: Invalid value: "/abs": must be a relative path',
      'spec.containers[0].volumeMounts[2].name: Not found: "nothing"',
    ])
  })

  it('is told of systems that there are not, and of what they have not', () => {
    const of = (spec: string): string[] =>
      faults(`{metadata: {name: x}, spec: {containers: [{name: c, image: x}], ${spec}}}`)
    expect(of('os: {name: linux}')).toEqual([])
    expect(of('os: {name: bsd}')).toEqual(['spec.os: Unsupported value: "bsd": supported values: "linux", "windows"'])
    expect(of('os: {name: windows}, resources: {limits: {cpu: 1}}')).toEqual([
      'spec.resources: Forbidden: may not be set for a windows pod',
    ])
    expect(of('os: {name: linux}, resources: {limits: {cpu: 1}}')).toEqual([])
  })

  it('is told how its containers may be resized', () => {
    const of = (policy: string): string[] =>
      faults(
        `{metadata: {name: x}, spec: {restartPolicy: Never, containers: [{name: c, image: x, resizePolicy: [{resourceName: cpu, restartPolicy: ${policy}}]}]}}`,
      )
    expect(of('NotRequired')).toEqual([])
    expect(of('Sometimes')).toEqual([
      'spec.containers[0].resizePolicy: Unsupported value: "Sometimes": supported values: "NotRequired", "RestartContainer"',
      "spec.containers[0].resizePolicy: Invalid value: \"Sometimes\": must be 'NotRequired' when pod `restartPolicy` is 'Never'",
    ])
  })

  it('is warned of a name that is no DNS label, when it is made', () => {
    const warnings = (name: string, old?: Draft): string[] =>
      kind.checks!.now.warnings!(made(`{metadata: {name: ${name}}, spec: {containers: [{name: c, image: x}]}}`), old)
    const surprise =
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]"
    expect([warnings('x'), warnings('x.y'), warnings('x.y', made(RIGHT))]).toEqual([[], [surprise], []])
  })

  it('is told of probes and hooks that say too much or too little', () => {
    const manifest = `
metadata: {name: probes}
spec:
  terminationGracePeriodSeconds: 10
  initContainers:
  - {name: init, image: busybox, readinessProbe: {exec: {command: ["true"]}}}
  containers:
  - name: web
    image: nginx
    lifecycle: {preStop: {sleep: {seconds: 20}}, postStart: {}}
    livenessProbe: {httpGet: {port: 0}, tcpSocket: {port: http}, successThreshold: 2}`
    expect(faults(manifest)).toEqual([
      'spec.containers[0].lifecycle.postStart: Required value: must specify a handler type',
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 20: must be non-negative and less than terminationGracePeriodSeconds (10)',
      'spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ])
  })
})

const RIGHT = `
metadata: {name: web}
spec:
  tolerations: [{key: disk, operator: Exists}]
  containers: [{name: web, image: "nginx:1.27"}]`

describe('a change of a Pod', () => {
  const changed = (change: (pod: Draft) => void): string[] => {
    const old = made(RIGHT)
    const draft = clone(old)
    change(draft)
    return lines(kind.checks!.now.validateUpdate!(draft, old, emptyCluster)).map(text => text.split('\n')[0]!)
  }

  it('may give another image, add tolerations and set a deadline', () => {
    const change = (pod: Draft): void => {
      pod.spec.containers[0].image = 'nginx:1.28'
      pod.spec.tolerations.push({ key: 'gpu', operator: 'Exists' })
      pod.spec.activeDeadlineSeconds = 60
    }
    expect(changed(change)).toEqual([])
  })

  it('may not take tolerations away, nor bring containers', () => {
    expect(changed(pod => void (pod.spec.tolerations = []))).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ])
    expect(changed(pod => void pod.spec.containers.push({ ...pod.spec.containers[0], name: 'more' }))).toEqual([
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ])
  })

  it('may not move it to another node', () => {
    const [text, ...more] = changed(pod => void (pod.spec.nodeName = 'node-2'))
    expect(text).toMatch(/^spec: Forbidden: pod updates may not change fields other than/)
    expect(more).toEqual([])
  })

  it('may change CPU and memory through resize, and nothing else', () => {
    const old = made(RIGHT.replace('"nginx:1.27"', '"nginx:1.27", resources: {requests: {cpu: 100m}}'))
    const resized = clone(old)
    resized.spec.containers[0].resources.requests.cpu = '200m'
    const { resize } = kind.checks!.now.validateSubresource!
    expect(lines(resize!(resized, old))).toEqual([])
    resized.spec.containers[0].resources.requests['ephemeral-storage'] = '1Gi'
    expect(lines(resize!(resized, old))).toEqual(['spec: Forbidden: only cpu and memory resources are mutable'])
    delete resized.spec.containers[0].resources.requests.cpu
    expect(lines(resize!(resized, old))).toContain(
      'spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed',
    )
  })

  it('may not say that a container which has ended for good runs again', () => {
    const old = made(RIGHT.replace('spec:', 'spec:\n  restartPolicy: Never'))
    old.status.containerStatuses = [{ name: 'web', state: { terminated: { exitCode: 1 } } }]
    const draft = clone(old)
    draft.status.containerStatuses[0].state = { running: {} }
    expect(lines(kind.checks!.now.validateStatusUpdate!(draft, old))).toEqual([
      'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state',
    ])
  })
})

describe('a template', () => {
  it('is checked like a Pod, at its own path', () => {
    const { metadata, spec } = made(RIGHT)
    spec.ephemeralContainers = []
    expect(validatePodTemplate({ metadata, spec }, 'spec.template')).toEqual([])
    spec.containers[0].name = 'Web'
    expect(validatePodTemplate({ metadata, spec }, 'spec.template')[0]!.field).toBe(
      'spec.template.spec.containers[0].name',
    )
  })
})

describe('a Pod that is let in with a warning', () => {
  it('is told of what hides, doubles or is of no use any more', () => {
    const draft = made(`
metadata: {name: a.b}
spec:
  nodeSelector: {beta.kubernetes.io/os: linux}
  topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
  volumes: [{name: all, configMap: {name: a, items: [{key: a, path: x}, {key: b, path: x/y}]}}]
  containers:
  - {name: web, image: nginx, env: [{name: A, value: a}, {name: A, value: "$(A)b"}, {name: A, value: c}]}`)
    const label = kind.checks!.now.warnings!(draft, undefined)
    expect(label[0]).toMatch(/^metadata\.name: this is used in the Pod's hostname/)
    expect(label.slice(1)).toEqual([
      'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
      'volume "all" (ConfigMap "a"): overlapping paths: "x/y" with "x"',
      'spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply',
    ])
    expect(kind.checks!.now.warnings!(draft, draft)).toEqual([])
  })

  it('loses what closed gates forbid, and a lifecycle that says nothing else', () => {
    const draft: Draft = {
      metadata: { name: 'a' },
      spec: {
        schedulingGroup: { podGroupName: 'g' },
        containers: [
          { name: 'a', image: 'b', lifecycle: { stopSignal: 'SIGUSR1' } },
          { name: 'c', image: 'b', lifecycle: { stopSignal: 'SIGUSR1', preStop: { sleep: { seconds: 1 } } } },
        ],
      },
    }
    kind.setDefaults!(draft, emptyCluster)
    expect(draft.spec).not.toHaveProperty('schedulingGroup')
    expect(draft.spec.containers[0]).not.toHaveProperty('lifecycle')
    expect(draft.spec.containers[1].lifecycle).toEqual({ preStop: { sleep: { seconds: 1 } } })
  })

  it('that limits itself as a whole asks for what its containers ask for, huge pages included', () => {
    const limits = { memory: '64Mi', 'hugepages-2Mi': '4Mi' }
    const draft: Draft = {
      metadata: { name: 'a' },
      spec: {
        resources: { limits: { cpu: '1' } },
        containers: [{ name: 'a', image: 'b', resources: { limits, requests: { memory: '32Mi' } } }],
      },
    }
    kind.setDefaults!(draft, emptyCluster)
    expect(draft.spec.resources).toEqual({
      limits: { cpu: '1', 'hugepages-2Mi': '4Mi' },
      requests: { cpu: '1', memory: '32Mi', 'hugepages-2Mi': '4Mi' },
    })
  })

  it('is told that a projection is empty once what its closed gate forbids has been taken away', () => {
    const draft = made(`
metadata: {name: a}
spec:
  volumes:
  - {name: v, projected: {sources: [{clusterTrustBundle: {name: x, path: ca.pem}}, {configMap: {name: a}}]}}
  containers: [{name: web, image: nginx}]`)
    expect(draft.spec.volumes[0].projected.sources).toEqual([{}, { configMap: { name: 'a' } }])
    expect(kind.checks!.now.warnings!(draft, undefined)).toEqual(['volume "v" (Projected) has no sources provided'])
  })
})
