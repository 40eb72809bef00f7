/** A Pod's sandbox: the network and names that its containers share. */

import { type NodeContext, rpcText } from '../node-context.ts'
import type { PodRuntime } from '../pods/instances.ts'
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
  try {
    const sandbox = runtime.createSandbox({
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      uid: pod.metadata.uid,
      nodeName: name,
      hostname: pod.spec.hostNetwork ? name : kernelHostname(pod, names),
      hostNetwork: pod.spec.hostNetwork ?? false,
      shareProcessNamespace: pod.spec.shareProcessNamespace ?? false,
      hostPID: pod.spec.hostPID ?? false,
      hostIPC: pod.spec.hostIPC ?? false,
      ...(pod.spec.hostUsers === false && { userNamespace: node.userNamespaces.take(pod.metadata.uid) }),
      ...(pod.spec.runtimeClassName && { runtimeHandler: node.sources.runtimeHandler(pod.spec.runtimeClassName) }),
      ...(pod.spec.securityContext?.sysctls?.length && { sysctls: sysctlsOf(pod) }),
      resolvConf: resolvConf(pod, dns),
      hosts: hostsFile(pod.spec, [], names, node),
    })
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
