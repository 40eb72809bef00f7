/** alpine, debian, ubuntu and others: distributions with a shell. */
import { NODE_RELEASE } from '../../kernel/kernel-release.ts'
import { alpineBase, debianBase, executable, type Image, PATH, type Release } from '../image.ts'
import { DEBIAN_BIN, DEBIAN_SBIN } from '../unsimulated.ts'
import { versionOf } from '../versions.ts'

const ALPINE = {
  latest: '3.22.1',
  lines: {
    '3': '3.22.1',
    '3.14': '3.14.10',
    '3.15': '3.15.11',
    '3.16': '3.16.9',
    '3.17': '3.17.10',
    '3.18': '3.18.12',
    '3.19': '3.19.8',
    '3.20': '3.20.7',
    '3.21': '3.21.4',
    '3.22': '3.22.1',
  },
}

/** Releases by the names and numbers that tags give them; the newest for the rest. */
const DEBIAN: Readonly<Record<string, Release>> = {
  buster: { id: 'debian', name: 'Debian GNU/Linux 10 (buster)', version: '10', codename: 'buster' },
  bullseye: { id: 'debian', name: 'Debian GNU/Linux 11 (bullseye)', version: '11', codename: 'bullseye' },
  bookworm: { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12', codename: 'bookworm' },
  trixie: NODE_RELEASE,
}

const UBUNTU: Readonly<Record<string, Release>> = {
  xenial: { id: 'ubuntu', name: 'Ubuntu 16.04.7 LTS', version: '16.04', codename: 'xenial' },
  bionic: { id: 'ubuntu', name: 'Ubuntu 18.04.6 LTS', version: '18.04', codename: 'bionic' },
  focal: { id: 'ubuntu', name: 'Ubuntu 20.04.6 LTS', version: '20.04', codename: 'focal' },
  jammy: { id: 'ubuntu', name: 'Ubuntu 22.04.5 LTS', version: '22.04', codename: 'jammy' },
  noble: { id: 'ubuntu', name: 'Ubuntu 24.04.3 LTS', version: '24.04', codename: 'noble' },
}

const releaseOf = (releases: Readonly<Record<string, Release>>, tag: string, newest: Release): Release => {
  const name = tag.replace(/-.*/, '')
  return (
    releases[name] ??
    Object.values(releases).find(({ version }) => name.split('.')[0] === version || name === version) ??
    newest
  )
}

/** What Debian's images had besides up to the tenth release, but for the slim ones. */
const WITH_NETWORK = ['iproute2', 'iputils-ping']

export const alpine: Image = {
  repositories: ['docker.io/library/alpine'],
  tags: /^(latest|edge|3(\.([3-9]|1\d|2\d))?(\.\d+)?)$/,
  megabytes: 4,
  cmd: ['/bin/sh'],
  env: { PATH },
  base: alpineBase(),
  baseOf: tag => alpineBase(versionOf(ALPINE, tag)),
}

export const debian: Image = {
  repositories: ['docker.io/library/debian'],
  tags: /^(latest|stable|testing|sid|trixie|bookworm|bullseye|buster|1[0-3](\.\d+)?)(-slim)?$/,
  megabytes: 49,
  cmd: ['bash'],
  env: { PATH },
  base: debianBase(),
  baseOf(tag) {
    const release = releaseOf(DEBIAN, tag, DEBIAN.trixie!)
    return debianBase(release, release === DEBIAN.buster && !tag.endsWith('-slim') ? WITH_NETWORK : [])
  },
}

/** What Kubernetes builds its own images on; the controller of volumes empties them with it. */
export const kubernetesDebian: Image = {
  repositories: ['registry.k8s.io/build-image/debian-base'],
  tags: /^(bookworm|bullseye)-v\d+\.\d+\.\d+$/,
  megabytes: 29,
  cmd: ['/bin/sh'],
  env: { PATH },
  base: debianBase(DEBIAN.bookworm),
  baseOf: tag => debianBase(releaseOf(DEBIAN, tag, DEBIAN.bookworm!)),
}

export const ubuntu: Image = {
  repositories: ['docker.io/library/ubuntu'],
  tags: /^(latest|rolling|noble|jammy|focal|bionic|resolute|xenial|trusty|(1[4-9]|2\d)\.(04|10))$/,
  megabytes: 30,
  cmd: ['/bin/bash'],
  env: { PATH },
  base: debianBase(UBUNTU.noble, ['procps']),
  baseOf: tag => debianBase(releaseOf(UBUNTU, tag, UBUNTU.noble!), ['procps']),
}

/** Whether a tool comes with Debian's packages of packages. */
const isOfDpkg = (tool: string): boolean => /^(apt|deb|dpkg)/.test(tool) && tool !== 'debugfs'

/** Those of the other great family: the same tools, another way to install packages. */
const rpm = (repositories: readonly string[], id: string, name: string, version: string): Image => ({
  repositories,
  tags: /^(latest|stream\d*|\d+(\.\d+)*)([-.][\w.]+)*$/,
  megabytes: 70,
  cmd: ['/bin/bash'],
  env: { PATH },
  base(root) {
    debianBase({ id: 'debian', name, version, codename: '' }, ['procps', 'less'])(root)
    for (const tool of ['apt', 'apt-get', 'dpkg', ...DEBIAN_BIN.filter(isOfDpkg)]) root.remove(`/usr/bin/${tool}`)
    for (const tool of DEBIAN_SBIN.filter(isOfDpkg)) root.remove(`/usr/sbin/${tool}`)
    root.remove('/etc/debian_version')
    for (const tool of ['dnf', 'yum', 'microdnf']) executable(root, `/usr/bin/${tool}`, 'packages/dnf')
    executable(root, '/usr/bin/rpm', 'unsimulated/dpkg')
    executable(root, '/usr/bin/curl', 'gnu/curl')
    const [short = name] = name.split(' ')
    root.write(
      '/etc/os-release',
      `NAME="${short}"\nVERSION="${version}"\nID="${id}"\nVERSION_ID="${version}"\nPRETTY_NAME="${name}"\n`,
    )
  },
})

export const others: readonly Image[] = [
  rpm(['docker.io/library/centos', 'quay.io/centos/centos'], 'centos', 'CentOS Stream 9', '9'),
  rpm(['docker.io/library/fedora', 'quay.io/fedora/fedora'], 'fedora', 'Fedora Linux 41 (Container Image)', '41'),
  rpm(
    ['docker.io/library/rockylinux', 'docker.io/rockylinux/rockylinux'],
    'rocky',
    'Rocky Linux 9.5 (Blue Onyx)',
    '9.5',
  ),
  rpm(['docker.io/library/almalinux'], 'almalinux', 'AlmaLinux 9.5 (Teal Serval)', '9.5'),
  rpm(['docker.io/library/oraclelinux'], 'ol', 'Oracle Linux Server 9.5', '9.5'),
  rpm(
    [
      'registry.access.redhat.com/ubi9/ubi',
      'registry.access.redhat.com/ubi9',
      'registry.access.redhat.com/ubi9/ubi-minimal',
      'docker.io/redhat/ubi9',
      'docker.io/redhat/ubi9-minimal',
    ],
    'rhel',
    'Red Hat Enterprise Linux 9.5 (Plow)',
    '9.5',
  ),
  rpm(
    [
      'registry.access.redhat.com/ubi8/ubi',
      'registry.access.redhat.com/ubi8',
      'registry.access.redhat.com/ubi8/ubi-minimal',
      'docker.io/redhat/ubi8',
    ],
    'rhel',
    'Red Hat Enterprise Linux 8.10 (Ootpa)',
    '8.10',
  ),
  rpm(['docker.io/opensuse/leap'], 'opensuse-leap', 'openSUSE Leap 15.6', '15.6'),
  rpm(['docker.io/library/amazonlinux', 'public.ecr.aws/amazonlinux/amazonlinux'], 'amzn', 'Amazon Linux 2023', '2023'),
]

export const bash: Image = {
  repositories: ['docker.io/library/bash'],
  tags: /^(latest|devel|[345](\.\d+){0,2})(-alpine[\d.]*)?$/,
  megabytes: 6,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['bash'],
  env: { PATH },
  base: alpineBase('3.22.1'),
  files(root) {
    executable(root, '/usr/local/bin/bash', 'shell/bash')
    root.write(
      '/usr/local/bin/docker-entrypoint.sh',
      '#!/usr/local/bin/bash\nset -e\nif [ "${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then\n\tset -- bash "$@"\nfi\nexec "$@"\n',
      { mode: 0o755 },
    )
  },
}
