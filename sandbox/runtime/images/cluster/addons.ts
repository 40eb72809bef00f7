/** Programs that look after a cluster from within it: they ask its API by their Pods' accounts. */

import type { Program } from '../../processes/process.ts'
import { lazily } from '../../programs.ts'
import { debianBase, executable, type Image, PATH, scratch } from '../image.ts'
import { KERNEL_MONITOR } from './kernel-monitor.ts'

interface Addon {
  /** Where its binary is. */
  path: string
  repositories: string
  megabytes: number
  program: Program
  cmd?: readonly string[]
  debian?: true
  files?: Image['files']
}

const SLIM = debianBase()

const ADDONS: readonly Addon[] = [
  {
    path: '/cluster-proportional-autoscaler',
    repositories:
      'registry.k8s.io/cpa/cluster-proportional-autoscaler registry.k8s.io/cluster-proportional-autoscaler-amd64 k8s.gcr.io/cluster-proportional-autoscaler-amd64 gcr.io/google_containers/cluster-proportional-autoscaler-amd64',
    megabytes: 16,
    program: lazily(
      () => import('./proportional-autoscaler.ts'),
      m => m.proportionalAutoscaler,
    ),
  },
  {
    path: '/proxy-server',
    repositories:
      'registry.k8s.io/kas-network-proxy/proxy-server us.gcr.io/k8s-artifacts-prod/kas-network-proxy/proxy-server',
    megabytes: 20,
    program: lazily(
      () => import('./konnectivity-server.ts'),
      m => m.proxyServer,
    ),
  },
  {
    path: '/node-problem-detector',
    repositories:
      'registry.k8s.io/node-problem-detector registry.k8s.io/node-problem-detector/node-problem-detector k8s.gcr.io/node-problem-detector',
    megabytes: 45,
    cmd: ['--kernel-monitor=/config/kernel-monitor.json'],
    debian: true,
    program: lazily(
      () => import('./node-problem-detector.ts'),
      m => m.nodeProblemDetector,
    ),
    files: root => root.write('/config/kernel-monitor.json', `${JSON.stringify(KERNEL_MONITOR, null, '\t')}\n`),
  },
  {
    path: '/event-exporter',
    repositories: 'registry.k8s.io/event-exporter k8s.gcr.io/event-exporter gcr.io/google-containers/event-exporter',
    megabytes: 15,
    program: lazily(
      () => import('./event-exporter.ts'),
      m => m.eventExporter,
    ),
  },
]

export const addons: readonly Image[] = ADDONS.map(({ path, repositories, megabytes, program, cmd, debian, files }) => {
  const name = path.slice(1)
  return {
    repositories: repositories.split(' '),
    tags: /^v?\d+(\.\d+)*([-.][\w.]+)*$/,
    megabytes,
    entrypoint: [path],
    ...(cmd && { cmd }),
    env: { PATH },
    base: debian ? SLIM : scratch,
    files(root, tag) {
      executable(root, path, name)
      files?.(root, tag)
    },
    programs: { [name]: program },
  }
})
