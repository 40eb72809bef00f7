/** Sandboxes and containers that containerd or runc cannot make of what a Pod asks for. */
import { type ContainerConfig, RuntimeError, type SandboxConfig } from '../cri.ts'
import { isValue } from '../pseudofs/sysctl.ts'
import { CREATE_FAILED, START_FAILED } from './start-failures.ts'

/** Under so much memory runc's own first process is killed; above it, but under the second, the pause container at once. */
const INIT_BYTES = 2 * 1024 ** 2
const PAUSE_BYTES = 4 * 1024 ** 2

export const INIT_OOM_KILLED = `${CREATE_FAILED}unable to start container process: container init was OOM-killed (memory limit too low?)`
/** Whether a container with such a limit, in bytes, cannot even begin. */
export const isTooLowToStart = (memoryBytes: number | undefined): boolean =>
  memoryBytes !== undefined && memoryBytes < INIT_BYTES

/**
 * @param newId makes the id of a sandbox
 * @throws RuntimeError
 */
export function refuseImpossible(config: SandboxConfig, newId: () => string): void {
  const why = problemWith(config, newId)
  if (why) throw new RuntimeError('Unknown', `failed to start sandbox ${JSON.stringify(why.id)}: ${why.text}`)
}

function problemWith(
  { user, memoryBytes, sysctls = {} }: SandboxConfig,
  newId: () => string,
): { id: string; text: string } | undefined {
  if (user?.gid !== undefined && user.uid === undefined) {
    const group = JSON.stringify(String(user.gid))
    const text = `failed to generate sandbox container spec options: failed to generate user string: user group ${group} is specified without user`
    return { id: newId(), text }
  }
  if (isTooLowToStart(memoryBytes)) return { id: newId(), text: INIT_OOM_KILLED }
  for (const [name, value] of Object.entries(sysctls)) {
    if (isValue(name, value)) continue
    const path = `/proc/sys/${name.replace(/[./]/g, c => (c === '.' ? '/' : '.'))}`
    return { id: newId(), text: `${START_FAILED}write ${path}: invalid argument` }
  }
  if (memoryBytes === undefined || memoryBytes >= PAUSE_BYTES) return undefined
  const id = newId()
  const text = `failed to start sandbox container task ${JSON.stringify(id)}: cannot start a stopped process`
  return { id, text }
}

/** No profiles have been put on the nodes: those asked for by name are missing. */
export function refuseMissingProfiles({ seccomp, appArmor }: ContainerConfig): void {
  const failed = (why: string): RuntimeError =>
    new RuntimeError('Unknown', `failed to create containerd container: ${why}`)
  if (typeof seccomp === 'object') {
    const path = `/var/lib/kubelet/seccomp/${seccomp.localhost}`
    throw failed(`cannot load seccomp profile ${JSON.stringify(path)}: open ${path}: no such file or directory`)
  }
  if (typeof appArmor === 'object') throw failed(`apparmor profile not found ${appArmor.localhost}`)
}
