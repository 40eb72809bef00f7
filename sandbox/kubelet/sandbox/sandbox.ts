/** A Pod's sandbox: the network and names that its containers share. */

import type { SandboxConfig } from '../../runtime/cri.ts'
import { bytesOf } from '../containers/limits.ts'
import { type NodeContext, rpcText } from '../node-context.ts'
import type { PodRuntime } from '../pods/instances.ts'
import { podLevelResources } from '../resources/pod-resources.ts'
import { sleep, type Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'
import type { Pod } from '../types.ts'
import { resolvConf, tellOmissions } from './dns.ts'
import { hostnameOf, hostsFile, kernelHostname } from './hosts.ts'
import { sysctlsOf } from './sysctl.ts'

/** @returns whether there is a sandbox now; if not, an event has told why */
export function* createSandbox(node: NodeContext, current: () => Pod, made: PodRuntime): Task<boolean> {
  const { clock, runtime, dns, name } = node
  yield sleep(clock, TIMINGS.createSandbox)
  const pod = current()
  const names = hostnameOf(pod, dns.clusterDomain)
  tellOmissions(node, pod)
  const { memory } = podLevelResources(pod).limits
  try {
    // What may be absent is set one by one: a literal with parts that may be absent is slow.
    const config: SandboxConfig = {
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      uid: pod.metadata.uid,
      nodeName: name,
      hostname: pod.spec.hostNetwork ? name : kernelHostname(pod, names),
      hostNetwork: pod.spec.hostNetwork ?? false,
      shareProcessNamespace: pod.spec.shareProcessNamespace ?? false,
      hostPID: pod.spec.hostPID ?? false,
      hostIPC: pod.spec.hostIPC ?? false,
      user: { uid: pod.spec.securityContext?.runAsUser, gid: pod.spec.securityContext?.runAsGroup },
      resolvConf: resolvConf(pod, dns),
      hosts: hostsFile(pod.spec, [], names, node),
    }
    const { hostUsers, runtimeClassName, securityContext } = pod.spec
    if (hostUsers === false) config.userNamespace = node.userNamespaces.take(pod.metadata.uid)
    if (runtimeClassName) config.runtimeHandler = node.sources.runtimeHandler(runtimeClassName)
    if (memory !== undefined) config.memoryBytes = bytesOf(memory)
    if (securityContext?.sysctls?.length) config.sysctls = sysctlsOf(pod)
    const sandbox = runtime.createSandbox(config)
    made.sandbox = sandbox
    made.sandboxReady = true
    made.sandboxAttempt++
    made.ips = sandbox.ips
    return true
  } catch (error) {
    node.podEvent(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${rpcText(error)}`)
    return false
  }
}

/** Takes the network down; the Pod's addresses stay known. */
export function* stopSandbox(node: NodeContext, made: PodRuntime): Task {
  if (!made.sandbox || !made.sandboxReady) return
  yield sleep(node.clock, TIMINGS.removeSandbox)
  if (!made.sandboxReady) return
  made.sandboxReady = false
  node.runtime.removeSandbox(made.sandbox)
}
