/** ZooKeeper's images: that of Docker's library, and that of the documentation with its scripts. */
import { lazily } from '../../programs.ts'
import { debianBase, executable, type Image, PATH } from '../image.ts'

const programs = () => import('./zookeeper-programs.ts')

const JAVA_HOME = '/usr/lib/jvm/java-8-openjdk-amd64'
const OWNER = { uid: 1000, gid: 1000 }

/** Of the documentation: whole systems, with ps and pkill. */
const DOCUMENTED = /^(v\d|1\.0-3\.4\.10)$/

export const zookeeper: Image = {
  repositories: [
    'docker.io/library/zookeeper',
    'registry.k8s.io/kubernetes-zookeeper',
    'gcr.io/google-samples/k8szk',
    'docker.io/confluentinc/cp-zookeeper',
    'docker.io/wurstmeister/zookeeper',
  ],
  tags: /^(latest|v\d|[3-7](\.\d+){0,2}|1\.0-3\.4\.10)$/,
  megabytes: 110,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['zkServer.sh', 'start-foreground'],
  env: { PATH: `${PATH}:/opt/zookeeper/bin`, JAVA_HOME },
  exposedPorts: [2181, 2888, 3888],
  base: debianBase(),
  baseOf: tag => debianBase(undefined, DOCUMENTED.test(tag) ? ['procps'] : []),
  files(root) {
    root.mkdir('/opt/zookeeper/conf', OWNER)
    root.mkdir('/opt/zookeeper/bin', OWNER)
    root.mkdir('/usr/etc')
    root.symlink('/usr/etc/zookeeper', '/opt/zookeeper/conf')
    executable(root, `${JAVA_HOME}/bin/java`, 'zookeeper')
    for (const name of ['zkServer.sh', 'zkCli.sh', 'start-zookeeper'])
      executable(root, `/opt/zookeeper/bin/${name}`, name)
    root.write(
      '/opt/zookeeper/bin/zookeeper-ready',
      '#!/bin/bash\nOK=$(echo ruok | nc 127.0.0.1 $1)\nif [ "$OK" == "imok" ]; then\n  exit 0\nfi\nexit 1\n',
      { mode: 0o755 },
    )
    executable(root, '/usr/bin/nc', 'gnu/nc')
    root.write('/usr/local/bin/docker-entrypoint.sh', '#!/bin/bash\nset -e\nexec "$@"\n', { mode: 0o755 })
    root.write('/etc/passwd', `${root.read('/etc/passwd')}zookeeper:x:1000:1000::/home/zookeeper:/bin/sh\n`)
    root.write('/etc/group', `${root.read('/etc/group')}zookeeper:x:1000:\n`)
  },
  programs: {
    zookeeper: lazily(programs, m => m.server),
    'zkServer.sh': lazily(programs, m => m.zkServer),
    'start-zookeeper': lazily(programs, m => m.startZookeeper),
    'zkCli.sh': lazily(programs, m => m.client),
  },
}
