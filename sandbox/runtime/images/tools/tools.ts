/** Images of one tool, or of a program that ends at once. */
import type { Program } from '../../processes/process.ts'
import { binary, lazily } from '../../programs.ts'
import { alpineBase, busyboxBase, debianBase, executable, type Image, PATH, scratch } from '../image.ts'

const hello: Program = async process => {
  await process.write(
    1,
    '\nHello from Docker!\nThis message shows that your installation appears to be working correctly.\n\nTo generate this message, Docker took the following steps:\n 1. The Docker client contacted the Docker daemon.\n 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.\n    (amd64)\n 3. The Docker daemon created a new container from that image which runs the\n    executable that produces the output you are currently reading.\n 4. The Docker daemon streamed that output to the Docker client, which sent it\n    to your terminal.\n\n',
  )
}

export const helloWorld: Image = {
  repositories: ['docker.io/library/hello-world'],
  tags: /^(latest|linux)$/,
  megabytes: 0.01,
  cmd: ['/hello'],
  env: { PATH },
  base: scratch,
  files: root => executable(root, '/hello', 'hello'),
  programs: { hello },
}

/** Files alone, to be mounted as a volume: what the documentation's example has. */
export const artifact: Image = {
  repositories: ['quay.io/crio/artifact'],
  tags: /^v[12]$/,
  megabytes: 0.01,
  env: {},
  base: () => {},
  files(root) {
    root.mkdir('/dir')
    root.write('/dir/file', '1\n')
    root.write('/file', '2\n')
  },
}

export const curlImage: Image = {
  repositories: [
    'docker.io/curlimages/curl',
    'docker.io/alpine/curl',
    'quay.io/curl/curl',
    'docker.io/radial/busyboxplus',
    'docker.io/byrnedo/alpine-curl',
    'docker.io/yauritux/busybox-curl',
    'docker.io/tutum/curl',
    'docker.io/nigelpoulton/curl',
    'docker.io/odise/busybox-curl',
    'docker.io/pstauffer/curl',
    'docker.io/giantswarm/curl',
    'quay.io/cilium/alpine-curl',
  ],
  tags: /^(latest|curl|v?\d+\.\d+(\.\d+)?)$/,
  megabytes: 9,
  entrypoint: ['/entrypoint.sh'],
  cmd: ['curl', '-h'],
  user: '100:101',
  env: { PATH },
  base: alpineBase('3.22.1'),
  files(root) {
    executable(root, '/usr/bin/curl', 'gnu/curl')
    root.write(
      '/entrypoint.sh',
      '#!/bin/sh\nset -e\nif [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then\n  set -- curl "$@"\nfi\nexec "$@"\n',
      { mode: 0o755 },
    )
    root.write('/etc/passwd', `${root.read('/etc/passwd')}curl_user:x:100:101::/home/curl_user:/bin/sh\n`)
    root.write('/etc/group', `${root.read('/etc/group')}curl_group:x:101:\n`)
  },
}

const NET_TOOLS = 'dig host nslookup curl openssl wget nc ping traceroute ip ss netstat jq'.split(' ')

/** A shell and the tools of the network; without a terminal or a command the shell ends at once. */
const netTools = (
  repositories: readonly string[],
  base: Image['base'],
  shell: string,
  more: Partial<Image> = {},
): Image => ({
  repositories,
  tags: /^[\w.-]+$/,
  megabytes: 60,
  cmd: [shell],
  env: { PATH },
  base,
  files(root) {
    for (const tool of NET_TOOLS) executable(root, `/usr/bin/${tool}`, `gnu/${tool}`)
    executable(root, '/bin/bash', 'shell/bash')
    if (shell === 'zsh') executable(root, '/bin/zsh', 'shell/bash')
  },
  ...more,
})

export const netToolImages: readonly Image[] = [
  netTools(
    ['docker.io/nicolaka/netshoot', 'ghcr.io/nicolaka/netshoot', 'docker.io/bretfisher/netshoot'],
    alpineBase('3.22.1'),
    'zsh',
    {
      megabytes: 200,
      workingDir: '/root',
    },
  ),
  netTools(
    [
      'registry.k8s.io/e2e-test-images/glibc-dns-testing',
      'registry.k8s.io/e2e-test-images/dnsutils',
      'gcr.io/kubernetes-e2e-test-images/dnsutils',
      'docker.io/amouat/network-utils',
      'docker.io/tutum/dnsutils',
      'docker.io/arunvelsriram/utils',
      'docker.io/jrecord/nettools',
    ],
    debianBase(undefined, ['procps', 'less']),
    'bash',
  ),
  // With the tools of an old bind.
  netTools(
    ['registry.k8s.io/e2e-test-images/jessie-dnsutils', 'gcr.io/kubernetes-e2e-test-images/jessie-dnsutils'],
    debianBase({ id: 'debian', name: 'Debian GNU/Linux 8 (jessie)', version: '8', codename: 'jessie' }, [
      'procps',
      'less',
    ]),
    'bash',
  ),
  netTools(
    ['docker.io/infoblox/dnstools', 'docker.io/giantswarm/tiny-tools', 'docker.io/anubhavmishra/tiny-tools'],
    alpineBase('3.12.0'),
    '/bin/sh',
    { megabytes: 12 },
  ),
]

/** Images that Kubernetes' own tests look into, for who they run as. */
export const nonewprivs: Image = {
  repositories: ['registry.k8s.io/e2e-test-images/nonewprivs'],
  tags: /^1\.\d+$/,
  megabytes: 2,
  entrypoint: ['/nnp'],
  env: { PATH },
  base: scratch,
  files: root => root.write('/nnp', binary('nnp'), { mode: 0o4755 }),
  programs: { nnp: process => process.write(1, `Effective uid: ${process.uid}\n`) },
}

export const nonroot: Image = {
  repositories: ['registry.k8s.io/e2e-test-images/nonroot'],
  tags: /^1\.\d+$/,
  megabytes: 20,
  cmd: ['/bin/sh'],
  user: '1234',
  env: { PATH },
  base: busyboxBase,
}

export const socatImage: Image = {
  repositories: ['docker.io/alpine/socat'],
  tags: /^(latest|1\.[78]\.\d\.\d(-r\d)?)$/,
  megabytes: 4,
  entrypoint: ['socat'],
  env: { PATH },
  base: alpineBase('3.22.1'),
  files: root => executable(root, '/usr/bin/socat', 'socat'),
  programs: {
    socat: lazily(
      () => import('./socat.ts'),
      m => m.socat,
    ),
  },
}

/** A system's files and nothing to run: a program has to be brought, and there is no shell to look around with. */
export const distroless: Image = {
  repositories: [
    'static',
    'static-debian11',
    'static-debian12',
    'base',
    'base-debian11',
    'base-debian12',
    'cc-debian12',
  ].map(name => `gcr.io/distroless/${name}`),
  tags: /^(latest|nonroot|debug-nonroot)$/,
  megabytes: 2,
  env: { PATH },
  base(root) {
    scratch(root)
    root.mkdir('/tmp', { mode: 0o1777 })
    root.mkdir('/home/nonroot')
    root.write(
      '/etc/passwd',
      'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
    )
    root.write('/etc/group', 'root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n')
  },
}
