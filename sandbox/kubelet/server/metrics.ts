/** GET /metrics/resource, what a metrics server asks for, and GET /metrics, of which the few figures are told that are true here. */

import type { Kubelet } from '../kubelet.ts'
import type { Instance } from '../pods/instances.ts'
import { runningInstances } from '../pods/instances.ts'
import { type Family, printed } from './exposition.ts'
import { ofContainer, ofNode, ofPod } from './meter.ts'

const SWAP = 'Reported only on non-windows systems'

export function resourceMetrics(kubelet: Kubelet): string {
  const pods = kubelet
    .workers()
    .filter(({ runtime }) => runtime.sandboxReady)
    .map(worker => {
      const { name, namespace = '' } = worker.pod.metadata
      return { labels: { namespace, pod: name }, used: ofPod(worker), running: runningInstances(worker.runtime) }
    })
  const containers = pods.flatMap(({ labels, running }) =>
    running.map(run => ({ labels: { container: run.name, ...labels }, used: ofContainer(run), run })),
  )
  const node = ofNode(kubelet)
  return printed(
    {
      container_cpu_usage_seconds_total: {
        help: '[STABLE] Cumulative cpu time consumed by the container in core-seconds',
        type: 'counter',
        of: containers.map(({ labels, used }) => [labels, used.cpuMs / 1000]),
        isDated: true,
      },
      container_memory_working_set_bytes: {
        help: '[STABLE] Current working set of the container in bytes',
        type: 'gauge',
        of: containers.map(({ labels, used }) => [labels, used.memoryBytes]),
        isDated: true,
      },
      container_start_time_seconds: {
        help: '[STABLE] Start time of the container since unix epoch in seconds',
        type: 'gauge',
        of: containers.map(({ labels, run }) => [labels, run.startedAt / 1000]),
      },
      container_swap_limit_bytes: {
        help: `[ALPHA] Current amount of the container swap limit in bytes. ${SWAP}`,
        type: 'gauge',
        of: containers.map(({ labels }) => [labels, 0]),
        isDated: true,
      },
      container_swap_usage_bytes: {
        help: `[ALPHA] Current amount of the container swap usage in bytes. ${SWAP}`,
        type: 'gauge',
        of: containers.map(({ labels }) => [labels, 0]),
        isDated: true,
      },
      node_cpu_usage_seconds_total: {
        help: '[STABLE] Cumulative cpu time consumed by the node in core-seconds',
        type: 'counter',
        of: [[{}, node.cpuMs / 1000]],
        isDated: true,
      },
      node_memory_working_set_bytes: {
        help: '[STABLE] Current working set of the node in bytes',
        type: 'gauge',
        of: [[{}, node.memoryBytes]],
        isDated: true,
      },
      node_swap_usage_bytes: {
        help: `[ALPHA] Current swap usage of the node in bytes. ${SWAP}`,
        type: 'gauge',
        of: [[{}, 0]],
        isDated: true,
      },
      pod_cpu_usage_seconds_total: {
        help: '[STABLE] Cumulative cpu time consumed by the pod in core-seconds',
        type: 'counter',
        of: pods.map(({ labels, used }) => [labels, used.cpuMs / 1000]),
        isDated: true,
      },
      pod_memory_working_set_bytes: {
        help: '[STABLE] Current working set of the pod in bytes',
        type: 'gauge',
        of: pods.map(({ labels, used }) => [labels, used.memoryBytes]),
        isDated: true,
      },
      pod_swap_usage_bytes: {
        help: `[ALPHA] Current amount of the pod swap usage in bytes. ${SWAP}`,
        type: 'gauge',
        of: pods.map(({ labels }) => [labels, 0]),
        isDated: true,
      },
      resource_scrape_error: {
        help: '[STABLE] 1 if there was an error while getting container metrics, 0 otherwise',
        type: 'gauge',
        of: [[{}, 0]],
      },
    },
    kubelet.node.clock.now(),
  )
}

/** No containers in a state: no line of it. */
function countOf(runs: readonly Instance[], state: Instance['state']): Family['of'] {
  const count = runs.filter(run => run.state === state).length
  return count ? [[{ container_state: state }, count]] : []
}

export function metrics(kubelet: Kubelet): string {
  const workers = kubelet.workers()
  const runs = workers.flatMap(({ runtime }) => runtime.instances)
  const states = ['created', 'exited', 'running'] as const
  return printed(
    {
      kubelet_node_name: {
        help: "[ALPHA] The node's name. The count is always 1.",
        type: 'gauge',
        of: [[{ node: kubelet.name }, 1]],
      },
      kubelet_running_containers: {
        help: '[ALPHA] Number of containers currently running',
        type: 'gauge',
        of: states.flatMap(state => countOf(runs, state)),
      },
      kubelet_running_pods: {
        help: '[ALPHA] Number of pods that have a running pod sandbox',
        type: 'gauge',
        of: [[{}, workers.filter(({ runtime }) => runtime.sandboxReady).length]],
      },
    },
    kubelet.node.clock.now(),
  )
}
