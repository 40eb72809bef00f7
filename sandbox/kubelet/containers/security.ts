/** The user that a container runs as: the Pod's security context under the container's own, and the refusal of root. */
import type { Container, ContainerConfig, ImageInfo, Profile } from '../../runtime/cri.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { formatPod } from '../types.ts'

export interface EffectiveSecurity {
  runAsUser?: number | undefined
  runAsGroup?: number | undefined
  runAsNonRoot?: boolean | undefined
  readOnlyRootFilesystem: boolean
  privileged: boolean
  capabilities: { add: readonly string[]; drop: readonly string[] }
  noNewPrivileges: boolean
  seccomp: Profile
  appArmor: Profile
}

export function effectiveSecurity(pod: Pod, container: ContainerSpec): EffectiveSecurity {
  const whole = pod.spec.securityContext
  const own = container.securityContext
  return {
    runAsUser: own?.runAsUser ?? whole?.runAsUser,
    runAsGroup: own?.runAsGroup ?? whole?.runAsGroup,
    runAsNonRoot: own?.runAsNonRoot ?? whole?.runAsNonRoot,
    readOnlyRootFilesystem: own?.readOnlyRootFilesystem ?? false,
    privileged: own?.privileged ?? false,
    capabilities: { add: own?.capabilities?.add ?? [], drop: own?.capabilities?.drop ?? [] },
    noNewPrivileges: own?.allowPrivilegeEscalation === false,
    seccomp: profileOf(own?.seccompProfile ?? whole?.seccompProfile, 'Unconfined'),
    appArmor: profileOf(own?.appArmorProfile ?? whole?.appArmorProfile, 'RuntimeDefault'),
  }
}

function profileOf(
  profile: { type: string; localhostProfile?: string | undefined } | undefined,
  fallback: Profile,
): Profile {
  if (!profile) return fallback
  if (profile.type === 'Localhost') return { localhost: profile.localhostProfile ?? '' }
  return profile.type === 'Unconfined' ? 'Unconfined' : 'RuntimeDefault'
}

/** @throws Error with the text of a CreateContainerConfigError when the container would run as root and must not */
export function verifyRunAsNonRoot(pod: Pod, container: ContainerSpec, image: ImageInfo): void {
  const { runAsNonRoot, runAsUser } = effectiveSecurity(pod, container)
  if (!runAsNonRoot) return
  const where = `(pod: "${formatPod(pod)}", container: ${container.name})`
  if (runAsUser !== undefined) {
    if (runAsUser === 0) throw new Error(`container's runAsUser breaks non-root policy ${where}`)
    return
  }
  const [user] = image.user.split(':')
  if (user === '' || user === '0' || user === undefined) {
    throw new Error(`container has runAsNonRoot and image will run as root ${where}`)
  }
  if (!/^\d+$/.test(user)) {
    throw new Error(
      `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`,
    )
  }
}

/** Who all containers of a Pod run as, where each of them says so and they agree. */
export function commonUser(pod: Pod): number | undefined {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec
  const all: readonly ContainerSpec[] = [...initContainers, ...containers, ...(ephemeralContainers as ContainerSpec[])]
  const users = new Set(all.map(container => effectiveSecurity(pod, container).runAsUser))
  return users.size === 1 ? [...users][0] : undefined
}

/** The groups besides the main one: those of the Pod, and the group that owns its volumes. */
function supplementalGroups(pod: Pod): number[] {
  const context = pod.spec.securityContext
  return [...(context?.supplementalGroups ?? []), ...(context?.fsGroup === undefined ? [] : [context.fsGroup])]
}

export function runAs(pod: Pod, container: ContainerSpec): ContainerConfig['user'] {
  const { runAsUser, runAsGroup } = effectiveSecurity(pod, container)
  const groups = supplementalGroups(pod)
  const strict = pod.spec.securityContext?.supplementalGroupsPolicy === 'Strict'
  if (runAsUser === undefined && runAsGroup === undefined && !groups.length && !strict) return undefined
  return {
    ...(strict && { strict }),
    ...(runAsUser !== undefined && { uid: runAsUser }),
    ...(runAsGroup !== undefined && { gid: runAsGroup }),
    ...(groups.length && { groups }),
  }
}

/** As the status shows it: what the runtime says; of one that does not, what can be told from the spec and the image. */
export function statusUser(
  pod: Pod,
  container: ContainerSpec,
  image: ImageInfo,
  actual: Container['user'],
): { uid: number; gid: number; supplementalGroups: number[] } {
  if (actual) {
    const { uid, gid, groups } = actual
    return { uid, gid, supplementalGroups: inOrder([gid, ...groups]) }
  }
  const { runAsUser, runAsGroup } = effectiveSecurity(pod, container)
  const [user = '', group = ''] = image.user.split(':')
  const uid = runAsUser ?? (/^\d+$/.test(user) ? Number(user) : 0)
  const gid = runAsGroup ?? (/^\d+$/.test(group) ? Number(group) : 0)
  return { uid, gid, supplementalGroups: inOrder([gid, ...supplementalGroups(pod)]) }
}

const inOrder = (groups: readonly number[]): number[] => [...new Set(groups)].sort((a, b) => a - b)
