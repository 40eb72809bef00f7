/** redis: what is in its image; its programs come when they are first run. */
import { lazily } from '../../../programs.ts'
import { debianBase, executable, type Image, orAlpine, PATH } from '../../image.ts'

const SLIM = debianBase()

export const redis: Image = {
  repositories: ['docker.io/library/redis', 'docker.io/library/valkey', 'registry.k8s.io/redis', 'k8s.gcr.io/redis'],
  tags: /^(latest|e2e|v1|alpine|bookworm|[2-8](\.\d+){0,2}(-(alpine|bookworm|alpine3\.\d+))?)$/,
  digests: { 'sha256:cb111d1bd870a6a471385a4a69ad17469d326e9dd91e0e455350cacf36e1b3ee': 'e2e' },
  megabytes: 45,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['redis-server'],
  env: { PATH },
  version: {
    variable: 'REDIS_VERSION',
    latest: '8.2.1',
    lines: {
      e2e: '2.8.19',
      '1': '2.8.19',
      '2.8': '2.8.23',
      '3': '3.2.12',
      '4': '4.0.14',
      '5': '5.0.14',
      '6': '6.2.16',
      '6.0': '6.0.20',
      '6.2': '6.2.16',
      '7': '7.4.1',
      '7.0': '7.0.15',
      '7.2': '7.2.6',
      '7.4': '7.4.1',
      '8.0': '8.0.3',
    },
  },
  workingDir: '/data',
  exposedPorts: [6379],
  base: SLIM,
  baseOf: orAlpine(SLIM),
  files(root) {
    root.mkdir('/data', { uid: 999, gid: 999 })
    executable(root, '/usr/local/bin/redis-server', 'redis-server')
    executable(root, '/usr/local/bin/redis-cli', 'redis-cli')
    root.write(
      '/usr/local/bin/docker-entrypoint.sh',
      '#!/bin/sh\nset -e\nif [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then\n\tset -- redis-server "$@"\nfi\nexec "$@"\n',
      { mode: 0o755 },
    )
  },
  programs: {
    'redis-server': lazily(
      () => import('./server.ts'),
      m => m.server,
    ),
    'redis-cli': lazily(
      () => import('./client.ts'),
      m => m.client,
    ),
  },
}

/** Runs a replica of a host that is named by DNS, or by the variables of its Service where GET_HOSTS_FROM says so. */
const following = (host: string): string =>
  `#!/bin/bash\nif [[ \${GET_HOSTS_FROM:-dns} == "env" ]]; then\n  redis-server --slaveof \${${host.toUpperCase().replaceAll('-', '_')}_SERVICE_HOST} 6379\nelse\n  redis-server --slaveof ${host} 6379\nfi\n`

/** A replica of the guestbook examples, which finds its master by itself. */
const guestbookReplica = (repositories: readonly string[], master: string, version: string): Image => ({
  ...redis,
  repositories,
  digests: {},
  tags: /^v[1-4]$/,
  cmd: ['/run.sh'],
  version: {
    variable: 'REDIS_VERSION',
    latest: version,
    lines: Object.fromEntries('1234'.split('').map(n => [n, version])),
  },
  files(root, tag) {
    redis.files?.(root, tag)
    root.write('/run.sh', following(master), { mode: 0o755 })
  },
})

/** Where Google has its samples; manifests of different years name them differently. */
const samples = (name: string): string[] =>
  ['gcr.io/google-samples', 'gcr.io/google_samples', 'us-docker.pkg.dev/google-samples/containers/gke'].map(
    folder => `${folder}/${name}`,
  )

export const redisReplicas: readonly Image[] = [
  guestbookReplica(samples('gb-redis-follower'), 'redis-leader', '6.0.5'),
  guestbookReplica([...samples('gb-redisslave'), 'registry.k8s.io/redis-slave'], 'redis-master', '3.2.12'),
]
