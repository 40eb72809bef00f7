/** Images of one command each: the tools that Jobs and init containers borrow. */
import type { Program } from '../../processes/process.ts'
import { lazily } from '../../programs.ts'
import { alpineBase, type Base, BUILDPACK, debianBase, executable, type Image, PATH } from '../image.ts'

interface Command {
  /** With blanks between them. */
  repositories: string
  megabytes: number
  /** The command's name, and the program that it is. */
  commands: Readonly<Record<string, string>>
  entrypoint?: readonly string[]
  cmd?: readonly string[]
  base?: Base
  more?: Partial<Image>
  programs?: Readonly<Record<string, Program>>
}

const ALPINE = alpineBase('3.22.1')

const git = lazily(
  () => import('./git.ts'),
  m => m.git,
)
const [cow, whale] = (['cow', 'whale'] as const).map(animal =>
  lazily(
    () => import('./cowsay.ts'),
    m => m.cowsay(animal),
  ),
) as [Program, Program]

const CURL_AND_JQ = { curl: 'gnu/curl', jq: 'gnu/jq', bash: 'shell/bash' }

const COMMANDS: readonly Command[] = [
  {
    repositories: 'docker.io/alpine/git docker.io/bitnami/git',
    megabytes: 30,
    commands: { git: 'git' },
    entrypoint: ['git'],
    cmd: ['--help'],
    more: { workingDir: '/git' },
    programs: { git },
  },
  {
    repositories: 'docker.io/docker/whalesay',
    megabytes: 90,
    commands: { cowsay: 'whalesay' },
    base: debianBase({ id: 'ubuntu', name: 'Ubuntu 14.04.2 LTS', version: '14.04', codename: 'trusty' }, ['procps']),
    more: { workingDir: '/cowsay' },
    programs: { whalesay: whale },
  },
  {
    repositories: 'docker.io/rancher/cowsay',
    megabytes: 20,
    commands: { cowsay: 'cowsay' },
    programs: { cowsay: cow },
  },
  {
    repositories: 'ghcr.io/jqlang/jq docker.io/stedolan/jq',
    megabytes: 2,
    commands: { jq: 'gnu/jq' },
    entrypoint: ['jq'],
  },
  {
    repositories: 'docker.io/badouralix/curl-jq docker.io/dwdraju/alpine-curl-jq docker.io/everpeace/curl-jq',
    megabytes: 8,
    commands: CURL_AND_JQ,
    cmd: ['/bin/sh'],
  },
  {
    repositories: 'docker.io/appropriate/curl docker.io/governmentpaas/curl-ssl',
    megabytes: 5,
    commands: { curl: 'gnu/curl' },
    entrypoint: ['/usr/bin/curl'],
  },
  {
    repositories: 'docker.io/library/buildpack-deps',
    megabytes: 70,
    commands: {},
    cmd: ['bash'],
    base: debianBase(undefined, BUILDPACK),
  },
  {
    repositories: 'docker.io/alpine/openssl',
    megabytes: 4,
    commands: { openssl: 'gnu/openssl' },
    entrypoint: ['openssl'],
  },
  {
    repositories: 'docker.io/bitnami/os-shell docker.io/bitnami/bitnami-shell docker.io/bitnamilegacy/os-shell',
    megabytes: 45,
    commands: { curl: 'gnu/curl' },
    cmd: ['/bin/bash'],
    base: debianBase(undefined, ['procps']),
    more: { user: '0' },
  },
  {
    repositories: 'docker.io/kiamol/ch03-sleep',
    megabytes: 5,
    commands: { curl: 'gnu/curl', jq: 'gnu/jq' },
    cmd: ['/bin/sh', '-c', 'exec /bin/sh -c "trap : TERM INT; (while true; do sleep 1000; done) & wait"'],
    base: alpineBase('3.12.0'),
  },
  {
    // Its first process sleeps as long as it is told to.
    repositories: 'docker.io/kodekloud/ubuntu-sleeper docker.io/mmumshad/ubuntu-sleeper',
    megabytes: 30,
    commands: {},
    entrypoint: ['sleep'],
    cmd: ['5'],
    base: debianBase({ id: 'ubuntu', name: 'Ubuntu 24.04.3 LTS', version: '24.04', codename: 'noble' }, ['procps']),
  },
  {
    repositories: 'docker.io/jpetazzo/clock',
    megabytes: 2,
    commands: {},
    cmd: ['/bin/sh', '-c', 'while date; do sleep 1; done'],
  },
]

export const commandImages: readonly Image[] = COMMANDS.map(
  ({ repositories, megabytes, commands, entrypoint, cmd, base = ALPINE, more, programs }) => ({
    repositories: repositories.split(' '),
    tags: /^[\w.-]+$/,
    megabytes,
    ...(entrypoint && { entrypoint }),
    ...(cmd && { cmd }),
    env: { PATH },
    base,
    files(root) {
      for (const [name, program] of Object.entries(commands)) executable(root, `/usr/bin/${name}`, program)
      if (more?.workingDir) root.mkdir(more.workingDir)
    },
    ...(programs && { programs }),
    ...more,
  }),
)
