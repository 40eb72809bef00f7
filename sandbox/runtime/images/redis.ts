/** redis: what is in its image; its programs come when they are first run. */
import { lazily } from '../programs.ts'
import { debianBase, executable, type Image, orAlpine, PATH, SLIM_LACKS } from './image.ts'

const SLIM = debianBase(undefined, SLIM_LACKS)

export const redis: Image = {
  repositories: ['docker.io/library/redis', 'docker.io/library/valkey', 'registry.k8s.io/redis', 'k8s.gcr.io/redis'],
  tags: /^(latest|e2e|v1|alpine|bookworm|[2-8](\.\d+){0,2}(-(alpine|bookworm|alpine3\.\d+))?)$/,
  megabytes: 45,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['redis-server'],
  env: { PATH },
  version: {
    variable: 'REDIS_VERSION',
    latest: '8.2.1',
    lines: {
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
    root.mkdir('/data')
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
      () => import('./redis-server.ts'),
      m => m.server,
    ),
    'redis-cli': lazily(
      () => import('./redis-client.ts'),
      m => m.client,
    ),
  },
}

/** Replicas of the guestbook examples. They do not replicate here: each keeps what it is told itself. */
export const redisReplica: Image = {
  ...redis,
  repositories: [
    'gcr.io/google_samples/gb-redis-follower',
    'gcr.io/google-samples/gb-redis-follower',
    'us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower',
    'gcr.io/google_samples/gb-redisslave',
    'gcr.io/google-samples/gb-redisslave',
    'registry.k8s.io/redis-slave',
  ],
  tags: /^v\d$/,
}
