/** Containers: images, ports, states, probes, environment, mounts. */
import { parseQuantity } from '../../api/resources/quantity.ts'
import { KubectlError } from '../errors.ts'
import { byBytes, type Obj, sortedKeys } from '../objects.ts'
import { resourceOf } from '../pods/resource-field.ts'
import { longTime, title, type Writer } from './writer.ts'

export function describeContainers(
  w: Writer,
  label: string,
  containers: readonly Obj[],
  statuses: readonly Obj[],
  pod: Obj | undefined,
  space: string,
): void {
  if (!containers.length) {
    w.line(0, `${space}${label}: <none>`)
    return
  }
  w.line(0, `${space}${label}:`)
  for (const c of containers) {
    const status = statuses.find(s => s.name === c.name)
    basics(w, c, status, space)
    command(w, c, space)
    if (status) state(w, status, space)
    describeResources(w, c.resources, 2)
    probes(w, c, space)
    if (c.envFrom?.length) envFrom(w, c.envFrom, space)
    env(w, c, pod, space)
    mounts(w, c, space)
  }
}

function basics(w: Writer, c: Obj, status: Obj | undefined, space: string): void {
  // In a template, which is indented as a whole, names stand one column in.
  w.line(0, `${space ? '   ' : '  '}${c.name}:`)
  if (status) w.field('Container ID', status.containerID ?? '', 2)
  w.field('Image', c.image, 2)
  if (status) w.field('Image ID', status.imageID ?? '', 2)
  const ports = (c.ports ?? []).map((p: Obj) => `${p.containerPort}/${p.protocol ?? 'TCP'}`)
  const hosts = (c.ports ?? []).map((p: Obj) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}`)
  w.field(ports.length > 1 ? 'Ports' : 'Port', ports.join(', ') || '<none>', 2)
  w.field(hosts.length > 1 ? 'Host Ports' : 'Host Port', hosts.join(', ') || '<none>', 2)
  if (c.securityContext?.seccompProfile) {
    w.field('SeccompProfile', c.securityContext.seccompProfile.type, 2)
    if (c.securityContext.seccompProfile.localhostProfile)
      w.field('LocalhostProfile', c.securityContext.seccompProfile.localhostProfile, 3)
  }
}

function command(w: Writer, c: Obj, _space: string): void {
  for (const [label, words] of [
    ['Command', c.command],
    ['Args', c.args],
  ] as const) {
    if (!words?.length) continue
    w.line(2, `${label}:`)
    for (const word of words) for (const s of String(word).split('\n')) w.line(3, s)
  }
}

function state(w: Writer, status: Obj, _space: string): void {
  one(w, 'State', status.state ?? {})
  if (status.lastState?.terminated) one(w, 'Last State', status.lastState)
  w.field('Ready', title(status.ready), 2)
  w.field('Restart Count', status.restartCount, 2)
}

function one(w: Writer, label: string, s: Obj): void {
  if (s.running) {
    w.field(label, 'Running', 2)
    w.line(3, `Started:\t${longTime(s.running.startedAt)}`)
  } else if (s.waiting) {
    w.field(label, 'Waiting', 2)
    if (s.waiting.reason) w.field('Reason', s.waiting.reason, 3)
  } else if (s.terminated) {
    const t = s.terminated
    w.field(label, 'Terminated', 2)
    if (t.reason) w.field('Reason', t.reason, 3)
    if (t.message) w.field('Message', t.message, 3)
    w.field('Exit Code', t.exitCode, 3)
    if (t.signal) w.field('Signal', t.signal, 3)
    w.field('Started', longTime(t.startedAt), 3)
    w.field('Finished', longTime(t.finishedAt), 3)
  } else w.field(label, 'Waiting', 2)
}

const sortedResources = (list: Obj | undefined): [string, string][] =>
  sortedKeys(list).map(k => [k, quantityText(list![k])])
const quantityText = (v: unknown): string => {
  try {
    return parseQuantity(String(v)).text
  } catch {
    return String(v)
  }
}

export function describeResources(w: Writer, r: Obj | undefined, level: number): void {
  for (const [label, list] of [
    ['Limits', r?.limits],
    ['Requests', r?.requests],
  ] as const) {
    if (!list || !Object.keys(list).length) continue
    w.line(level, `${label}:`)
    for (const [name, q] of sortedResources(list)) w.field(name, q, level + 1)
  }
}

function probes(w: Writer, c: Obj, _space: string): void {
  for (const [label, p] of [
    ['Liveness', c.livenessProbe],
    ['Readiness', c.readinessProbe],
    ['Startup', c.startupProbe],
  ] as const)
    if (p) w.line(2, `${label}:\t${describeProbe(p)}`)
}

function describeProbe(p: Obj): string {
  const attributes = `delay=${p.initialDelaySeconds ?? 0}s timeout=${p.timeoutSeconds ?? 0}s period=${p.periodSeconds ?? 0}s #success=${p.successThreshold ?? 0} #failure=${p.failureThreshold ?? 0}`
  if (p.exec) return `exec [${(p.exec.command ?? []).join(' ')}] ${attributes}`
  if (p.httpGet) {
    const h = p.httpGet
    const port = h.port !== undefined && h.port !== '' ? `:${h.port}` : ''
    const path = h.path ? (String(h.path).startsWith('/') ? h.path : `/${h.path}`) : ''
    return `http-get ${String(h.scheme ?? 'HTTP').toLowerCase()}://${h.host ?? ''}${port}${path} ${attributes}`
  }
  if (p.tcpSocket) return `tcp-socket ${p.tcpSocket.host ?? ''}:${p.tcpSocket.port} ${attributes}`
  if (p.grpc) return `grpc <pod>:${p.grpc.port} ${p.grpc.service ?? ''} ${attributes}`
  return `unknown ${attributes}`
}

function envFrom(w: Writer, list: readonly Obj[], _space: string): void {
  w.line(2, 'Environment Variables from:')
  for (const e of list) {
    const [from, ref] = e.configMapRef ? ['ConfigMap', e.configMapRef] : ['Secret', e.secretRef]
    w.line(3, `${ref?.name}\t${from}${e.prefix ? ` with prefix '${e.prefix}'` : ''}\tOptional: ${!!ref?.optional}`)
  }
}

function env(w: Writer, c: Obj, pod: Obj | undefined, _space: string): void {
  w.line(2, `Environment:${c.env?.length ? '' : '\t<none>'}`)
  for (const e of c.env ?? []) {
    const from = e.valueFrom
    if (!from) {
      for (const [i, s] of String(e.value ?? '')
        .split('\n')
        .entries())
        w.line(3, i ? `\t${s}` : `${e.name}:\t${s}`)
    } else if (from.fieldRef) {
      const value = pod ? fieldPath(pod, from.fieldRef.fieldPath) : ''
      w.line(3, `${e.name}:\t${value} (${from.fieldRef.apiVersion ?? 'v1'}:${from.fieldRef.fieldPath})`)
    } else if (from.resourceFieldRef) {
      const value = resourceValue(c, from.resourceFieldRef)
      w.line(3, `${e.name}:\t${value} (${from.resourceFieldRef.resource})`)
    } else if (from.secretKeyRef) {
      w.line(
        3,
        `${e.name}:\t<set to the key '${from.secretKeyRef.key}' in secret '${from.secretKeyRef.name}'>\tOptional: ${!!from.secretKeyRef.optional}`,
      )
    } else if (from.configMapKeyRef) {
      w.line(
        3,
        `${e.name}:\t<set to the key '${from.configMapKeyRef.key}' of config map '${from.configMapKeyRef.name}'>\tOptional: ${!!from.configMapKeyRef.optional}`,
      )
    }
  }
}

/** Of what a variable may take from its Pod, kubectl knows these two; the place of all others stays empty. */
const fieldPath = (pod: Obj, path: string): string =>
  path === 'metadata.name' || path === 'metadata.namespace' ? (pod.metadata[path.slice(9)] ?? '') : ''

function resourceValue(c: Obj, ref: Obj): string {
  let value = ''
  try {
    value = resourceOf(c, ref)
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
  }
  const isLimit = ref.resource === 'limits.cpu' || ref.resource === 'limits.memory'
  return value === '0' && isLimit ? 'node allocatable' : value
}

function mounts(w: Writer, c: Obj, _space: string): void {
  w.line(2, `Mounts:${c.volumeMounts?.length ? '' : '\t<none>'}`)
  for (const m of [...(c.volumeMounts ?? [])].sort((a: Obj, b: Obj) => byBytes(a.mountPath, b.mountPath))) {
    const flags = [m.readOnly ? 'ro' : 'rw', ...(m.subPath ? [`path="${m.subPath}"`] : [])]
    w.line(3, `${m.mountPath} from ${m.name} (${flags.join(',')})`)
  }
  if (!c.volumeDevices?.length) return
  w.line(2, 'Devices:')
  for (const d of [...c.volumeDevices].sort((a: Obj, b: Obj) => byBytes(a.devicePath, b.devicePath)))
    w.line(3, `${d.devicePath} from ${d.name}`)
}
