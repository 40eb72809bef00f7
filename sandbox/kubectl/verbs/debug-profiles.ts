/** The profiles of kubectl debug: what the Pod that is debugged, copied or made may do, and what a copy keeps. */
import type { Obj } from '../objects.ts'

/** A container more in the Pod itself, a copy of the Pod, or a Pod on a node. */
export type Style = 'ephemeral' | 'copy' | 'node'

/** Names the parts that a copy keeps (--keep-labels …). */
export type Keep = (
  what: 'labels' | 'annotations' | 'liveness' | 'readiness' | 'startup' | 'init-containers',
) => boolean

/** Changes the Pod in place, and the container of that name in it. */
export type Profile = (pod: Obj, container: string, style: Style, keep: Keep) => void

export const allContainersOf = (pod: Obj): Obj[] => [
  ...(pod.spec.initContainers ?? []),
  ...(pod.spec.containers ?? []),
  ...(pod.spec.ephemeralContainers ?? []),
]

const containerNamed = (pod: Obj, name: string): Obj => allContainersOf(pod).find(c => c.name === name) ?? {}

const secure = (pod: Obj, name: string, settings: Obj): void => {
  const c = containerNamed(pod, name)
  c.securityContext = { ...c.securityContext, ...settings }
}

function allow(pod: Obj, name: string, ...capabilities: readonly string[]): void {
  const { capabilities: old } = containerNamed(pod, name).securityContext ?? {}
  secure(pod, name, { capabilities: { ...old, add: [...(old?.add ?? []), ...capabilities] } })
}

function mountRoot(pod: Obj, name: string): void {
  pod.spec.volumes = [...(pod.spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }]
  const c = containerNamed(pod, name)
  c.volumeMounts = [...(c.volumeMounts ?? []), { mountPath: '/host', name: 'host-root' }]
}

const joinHost = (pod: Obj): void => void Object.assign(pod.spec, { hostNetwork: true, hostPID: true, hostIPC: true })

const clearSecurity = (pod: Obj, name: string): void => void delete containerNamed(pod, name).securityContext

/** A copy leaves behind what would make traffic, controllers and probes take it for the original. */
function leaveBehind(pod: Obj, keep: Keep): void {
  if (!keep('labels')) delete pod.metadata.labels
  if (!keep('annotations')) delete pod.metadata.annotations
  for (const c of pod.spec.containers) {
    if (!keep('liveness')) delete c.livenessProbe
    if (!keep('readiness')) delete c.readinessProbe
    if (!keep('startup')) delete c.startupProbe
  }
  if (!keep('init-containers')) delete pod.spec.initContainers
}

function asCopy(pod: Obj, style: Style, keep: Keep): void {
  if (style !== 'copy') return
  leaveBehind(pod, keep)
  pod.spec.shareProcessNamespace ??= true
}

export const PROFILES: Readonly<Record<string, Profile>> = {
  legacy(pod, name, style) {
    if (style === 'copy') delete pod.metadata.labels
    if (style !== 'node') return
    mountRoot(pod, name)
    joinHost(pod)
  },
  general(pod, name, style, keep) {
    if (style === 'node') {
      mountRoot(pod, name)
      clearSecurity(pod, name)
      joinHost(pod)
      return
    }
    asCopy(pod, style, keep)
    allow(pod, name, 'SYS_PTRACE')
  },
  baseline(pod, name, style, keep) {
    clearSecurity(pod, name)
    asCopy(pod, style, keep)
  },
  restricted(pod, name, style, keep) {
    clearSecurity(pod, name)
    secure(pod, name, {
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    asCopy(pod, style, keep)
  },
  netadmin(pod, name, style, keep) {
    allow(pod, name, 'NET_ADMIN', 'NET_RAW')
    if (style === 'node') joinHost(pod)
    asCopy(pod, style, keep)
  },
  sysadmin(pod, name, style, keep) {
    secure(pod, name, { privileged: true })
    if (style === 'node') {
      joinHost(pod)
      mountRoot(pod, name)
    }
    asCopy(pod, style, keep)
  },
}

/** Capabilities that a Pod's own user may not be able to use. */
export function capabilitiesInVain(pod: Obj, name: string): boolean {
  const user: number | undefined = pod.spec.securityContext?.runAsUser
  const own = containerNamed(pod, name).securityContext
  if (!user || !own || own.runAsUser === 0) return false
  return !!own.privileged || !!own.capabilities?.add?.length
}
