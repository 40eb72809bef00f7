/** alpine, debian, ubuntu and others: distributions with a shell. */
import { alpineBase, debianBase, executable, type Image, PATH } from './image.ts'

export const alpine: Image = {
  repositories: ['docker.io/library/alpine'],
  tags: /^(latest|edge|3(\.(1\d|2[0-2]))?(\.\d+)?)$/,
  megabytes: 4,
  cmd: ['/bin/sh'],
  env: { PATH },
  base: alpineBase(),
}

export const debian: Image = {
  repositories: ['docker.io/library/debian'],
  tags: /^(latest|stable|testing|sid|trixie|bookworm|bullseye|buster|1[0-3](\.\d+)?)(-slim)?$/,
  megabytes: 49,
  cmd: ['bash'],
  env: { PATH },
  base: debianBase(),
}

export const ubuntu: Image = {
  repositories: ['docker.io/library/ubuntu'],
  tags: /^(latest|rolling|noble|jammy|focal|bionic|14\.04|16\.04|18\.04|20\.04|22\.04|24\.04|24\.10|25\.\d\d)$/,
  megabytes: 30,
  cmd: ['/bin/bash'],
  env: { PATH },
  base: debianBase({ id: 'ubuntu', name: 'Ubuntu 24.04.1 LTS', version: '24.04' }),
}

/** Those of the other great family: the same tools, another way to install packages. */
const rpm = (repositories: readonly string[], id: string, name: string, version: string): Image => ({
  repositories,
  tags: /^(latest|stream\d*|\d+(\.\d+)*)([-.][\w.]+)*$/,
  megabytes: 70,
  cmd: ['/bin/bash'],
  env: { PATH },
  base(root) {
    debianBase({ id: 'debian', name, version })(root)
    for (const tool of ['apt', 'apt-get', 'dpkg']) root.remove(`/usr/bin/${tool}`)
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
