/** Cassandra's image: the server and its tool, which come when they are first run. */
import { lazily } from '../../programs.ts'
import { debianBase, executable, type Image, PATH } from '../image.ts'

const programs = () => import('./cassandra-programs.ts')

export const cassandra: Image = {
  repositories: ['docker.io/library/cassandra', 'gcr.io/google-samples/cassandra'],
  tags: /^(latest|v1\d|[2-5](\.\d+){0,2})$/,
  megabytes: 150,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['cassandra', '-f'],
  env: { PATH },
  exposedPorts: [7000, 7001, 7199, 9042],
  base: debianBase(),
  files(root, tag) {
    for (const name of ['cassandra', 'nodetool', 'cqlsh']) executable(root, `/usr/local/bin/${name}`, name)
    root.mkdir(tag.startsWith('v') ? '/cassandra_data' : '/var/lib/cassandra')
    root.write('/usr/local/bin/docker-entrypoint.sh', '#!/bin/bash\nset -e\nexec "$@"\n', { mode: 0o755 })
    root.write(
      '/ready-probe.sh',
      '#!/bin/bash\nif nodetool status | grep -q "^UN *$POD_IP "; then\n  exit 0\nfi\nexit 1\n',
      { mode: 0o755 },
    )
  },
  programs: {
    cassandra: lazily(programs, m => m.server),
    nodetool: lazily(programs, m => m.nodetool),
    cqlsh: lazily(programs, m => m.cqlsh),
  },
}
