/** Restart policies of containers that have ended: the Pod's, the container's own, and its rules. */
import type { ContainerSpec, Pod, PodSpec } from '../types.ts'
import { initContainersOf } from '../types.ts'

type RestartRule = NonNullable<ContainerSpec['restartPolicyRules']>[number]

export function matchingRestartRule(container: ContainerSpec, exitCode: number): RestartRule | undefined {
  return container.restartPolicyRules?.find(({ exitCodes }) => {
    if (!exitCodes) return false
    const listed = exitCodes.values?.includes(exitCode) ?? false
    return exitCodes.operator === 'In' ? listed : exitCodes.operator === 'NotIn' && !listed
  })
}

/** What the policies say of a container that ended with this code. */
export function containerShouldRestart(container: ContainerSpec, spec: PodSpec, exitCode: number): boolean {
  if (container.restartPolicy) {
    const action = matchingRestartRule(container, exitCode)?.action
    if (action === 'Restart' || action === 'RestartAllContainers') return true
  }
  const policy = container.restartPolicy ?? spec.restartPolicy
  if (policy === 'Never') return false
  return policy === 'OnFailure' ? exitCode !== 0 : true
}

/** What the policies say of a container that is being stopped by a probe; rules look at exit codes only. */
export const restartsAfterProbe = (container: ContainerSpec, pod: Pod): boolean =>
  (container.restartPolicy ?? pod.spec.restartPolicy) !== 'Never'

/** A Pod one of whose containers may restart all of them. */
export const mayRestartAllContainers = (pod: Pod): boolean =>
  anyRestartsAll(initContainersOf(pod)) || anyRestartsAll(pod.spec.containers)

function anyRestartsAll(containers: readonly ContainerSpec[]): boolean {
  for (let i = 0; i < containers.length; i++) if (restartsAll(containers[i]!)) return true
  return false
}

const restartsAll = ({ restartPolicyRules }: ContainerSpec): boolean =>
  restartPolicyRules?.some(rule => (rule.action as string) === 'RestartAllContainers') ?? false
