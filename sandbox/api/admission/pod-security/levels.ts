/** The checks of each Pod security level, in the order in which they report. */
import type { Draft } from '../../kind.ts'
import type { LevelVersion } from '../pod-security.ts'
import * as baseline from './baseline.ts'
import * as restricted from './restricted.ts'

export interface Violation {
  reason: string
  detail: string
}

/** Undefined when the Pod passes. */
export type Check = (pod: Draft) => Violation | undefined

interface VersionedCheck {
  /** From which minor version on; newest last. */
  versions: readonly (readonly [since: number, check: Check])[]
  /** Checks of the lower level that this one says better. */
  instead?: VersionedCheck
}

const since = (minor: number, check: Check, instead?: VersionedCheck): VersionedCheck => ({
  versions: [[minor, check]],
  ...(instead && { instead }),
})

const capabilities = since(0, baseline.capabilities)
const hostPathVolumes = since(0, baseline.hostPathVolumes)
const seccomp: VersionedCheck = {
  versions: [
    [0, baseline.seccompAnnotations],
    [19, baseline.seccompProfile],
  ],
}
const procMount: VersionedCheck = {
  versions: [
    [0, baseline.procMount],
    [35, baseline.inUserNamespace(baseline.procMount)],
  ],
}

const BASELINE: readonly VersionedCheck[] = [
  since(0, baseline.appArmorProfile),
  capabilities,
  since(0, baseline.hostNamespaces),
  hostPathVolumes,
  since(0, baseline.hostPorts),
  since(34, baseline.probeHosts),
  since(0, baseline.privileged),
  procMount,
  {
    versions: [
      [0, baseline.seLinuxOptions(baseline.SELINUX_TYPES)],
      [31, baseline.seLinuxOptions([...baseline.SELINUX_TYPES, 'container_engine_t'])],
    ],
  },
  seccomp,
  {
    versions: baseline.SYSCTLS.map(([minor], i) => [
      minor,
      baseline.sysctls(baseline.SYSCTLS.slice(0, i + 1).flatMap(([, names]) => names)),
    ]),
  },
  since(0, baseline.windowsHostProcess),
]

/** Windows knows nothing of it since 1.25. */
const notOnWindows = (minor: number, check: Check, instead?: VersionedCheck): VersionedCheck => ({
  versions: [
    [minor, check],
    [25, pod => (pod.spec.os?.name === 'windows' ? undefined : check(pod))],
  ],
  ...(instead && { instead }),
})

const RESTRICTED: readonly VersionedCheck[] = [
  notOnWindows(8, restricted.allowPrivilegeEscalation),
  notOnWindows(22, restricted.capabilities, capabilities),
  since(35, baseline.procMount, procMount),
  since(0, restricted.volumes, hostPathVolumes),
  {
    versions: [
      [0, restricted.runAsNonRoot],
      [35, baseline.inUserNamespace(restricted.runAsNonRoot)],
    ],
  },
  {
    versions: [
      [23, restricted.runAsUser],
      [35, baseline.inUserNamespace(restricted.runAsUser)],
    ],
  },
  notOnWindows(19, restricted.seccompProfile, seccomp),
]

const at = (check: VersionedCheck, minor: number): Check | undefined =>
  check.versions.findLast(([from]) => from <= minor)?.[1]

export function evaluate({ level, minor = Number.POSITIVE_INFINITY }: LevelVersion, pod: Draft): Violation[] {
  if (level === 'privileged') return []
  const strict = level === 'restricted' ? RESTRICTED.filter(c => at(c, minor)) : []
  const replaced = new Set(strict.map(c => c.instead))
  return [...BASELINE.filter(c => !replaced.has(c)), ...strict].flatMap(c => at(c, minor)?.(pod) ?? [])
}
