/** haproxy: what is in its image. */
import { binary, carriedLazily } from '../../../programs.ts'
import { debianBase, type Image, orAlpine, PATH } from '../../image.ts'
import { type Versions, versionOf } from '../../versions.ts'

const SLIM = debianBase()

const VERSIONS: Versions = {
  variable: 'HAPROXY_VERSION',
  latest: '3.2.7',
  lines: {
    '2': '2.9.15',
    '2.2': '2.2.34',
    '2.4': '2.4.30',
    '2.6': '2.6.23',
    '2.8': '2.8.16',
    '2.9': '2.9.15',
    '3': '3.2.7',
    '3.0': '3.0.12',
    '3.1': '3.1.9',
    '3.2': '3.2.7',
    lts: '3.2.7',
  },
}

export const haproxyImage: Image = {
  repositories: [
    'docker.io/library/haproxy',
    'docker.io/haproxytech/haproxy-alpine',
    'docker.io/haproxytech/haproxy-debian',
  ],
  tags: /^(latest|lts|alpine|[1-3](\.\d+){0,2})([-.][\w.]+)*$/,
  megabytes: 40,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
  env: { PATH },
  version: VERSIONS,
  stopSignal: 'USR1',
  user: '99',
  workingDir: '/var/lib/haproxy',
  base: SLIM,
  baseOf: orAlpine(SLIM),
  files(root, tag) {
    root.write('/usr/local/sbin/haproxy', binary('haproxy', versionOf(VERSIONS, tag)), { mode: 0o755 })
    root.write(
      '/usr/local/bin/docker-entrypoint.sh',
      '#!/bin/sh\nset -e\nif [ "${1#-}" != "$1" ]; then\n\tset -- haproxy "$@"\nfi\nif [ "$1" = haproxy ]; then\n\tshift\n\tset -- haproxy -W -db "$@"\nfi\nexec "$@"\n',
      { mode: 0o755 },
    )
    root.mkdir('/usr/local/etc/haproxy')
    root.mkdir('/var/lib/haproxy', { uid: 99, gid: 99 })
    root.write('/etc/passwd', `${root.read('/etc/passwd')}haproxy:x:99:99::/var/lib/haproxy:/sbin/nologin\n`)
    root.write('/etc/group', `${root.read('/etc/group')}haproxy:x:99:\n`)
  },
  programs: {
    haproxy: carriedLazily(
      () => import('./server.ts'),
      m => m.haproxy,
    ),
  },
}
