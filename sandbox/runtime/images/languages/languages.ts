/** Runtimes of languages: the shell and the tools work; JavaScript and Python run, code in other languages is refused. */
import { binary, lazily } from '../../programs.ts'
import { alpineBase, BUILDPACK, debianBase, type Image, PATH } from '../image.ts'
import { type Versions, versionOf } from '../versions.ts'

/** Programs that do something, or at least tell their version. */
const interpreters = {
  ...Object.fromEntries(
    ['perl', 'php', 'java', 'go', 'ruby'].map(name => [
      name,
      lazily(
        () => import('./interpreters.ts'),
        m => m.interpreters[name]!,
      ),
    ]),
  ),
  python: lazily(
    () => import('../../python/program.ts'),
    m => m.python,
  ),
  node: lazily(
    () => import('../../node/program.ts'),
    m => m.nodeProgram(),
  ),
}

interface Language {
  repositories: readonly string[]
  tags: RegExp
  /** Files, and the program that each of them is. */
  binaries: Readonly<Record<string, string>>
  cmd: readonly string[]
  megabytes: number
  /** What is installed in its full images, and in its slim ones, besides a minimal Debian. */
  packages?: readonly string[]
  slimPackages?: readonly string[]
  version?: Versions
  env?: Readonly<Record<string, string>>
}

const language = ({ binaries, version, env, packages = BUILDPACK, slimPackages = [], ...row }: Language): Image => ({
  ...row,
  env: { PATH, ...env },
  ...(version && { version }),
  base: debianBase(undefined, packages),
  baseOf: tag =>
    /alpine/.test(tag) ? alpineBase('3.22.1') : debianBase(undefined, /slim/.test(tag) ? slimPackages : packages),
  files(root, tag) {
    for (const [path, program] of Object.entries(binaries))
      root.write(
        path.startsWith('/') ? path : `/usr/local/bin/${path}`,
        binary(program, version ? versionOf(version, tag) : tag),
        { mode: 0o755 },
      )
  },
  programs: interpreters,
})

const VARIANT = '([-.][\\w.]+)*'
const numbered = (pattern: string): RegExp => new RegExp(`^(${pattern})${VARIANT}$`)

const JAVA: Versions = {
  variable: 'JAVA_VERSION',
  latest: '25',
  lines: { '7': '1.7.0_111', '8': '1.8.0_462', '11': '11.0.28', '17': '17.0.16', '21': '21.0.8', '24': '24.0.2' },
}

const java = (
  repositories: readonly string[],
  more: Readonly<Record<string, string>> = {},
  megabytes = 210,
): Language => ({
  repositories,
  tags: numbered('latest|slim|alpine|\\d+(\\.\\d+)*|\\d+u\\d+|\\d+_\\d+|\\d+\\.\\d+\\.\\d+_\\d+'),
  binaries: { java: 'java', javac: 'java', ...more },
  cmd: ['jshell'],
  megabytes,
  packages: ['curl', 'wget', 'openssl', 'procps'],
  version: JAVA,
  env: { JAVA_HOME: '/opt/java/openjdk' },
})

export const languages: readonly Image[] = [
  language({
    repositories: ['docker.io/library/python'],
    tags: numbered('latest|slim|alpine|bookworm|2\\.7(\\.\\d+)?|2|3(\\.\\d+){0,2}'),
    binaries: { python: 'python', python3: 'python', pip: 'unsimulated/pip', pip3: 'unsimulated/pip' },
    cmd: ['python3'],
    megabytes: 360,
    slimPackages: ['openssl'],
    version: {
      variable: 'PYTHON_VERSION',
      latest: '3.13.9',
      lines: {
        '2': '2.7.18',
        '2.7': '2.7.18',
        '3': '3.13.9',
        '3.6': '3.6.15',
        '3.7': '3.7.17',
        '3.8': '3.8.20',
        '3.9': '3.9.24',
        '3.10': '3.10.19',
        '3.11': '3.11.14',
        '3.12': '3.12.12',
        '3.13': '3.13.9',
      },
    },
  }),
  language({
    repositories: ['docker.io/library/node'],
    tags: numbered('latest|lts|current|alpine|slim|bookworm|\\d+(\\.\\d+){0,2}'),
    binaries: { node: 'node', npm: 'unsimulated/npm', npx: 'unsimulated/npx', yarn: 'unsimulated/npm' },
    cmd: ['node'],
    megabytes: 380,
    version: {
      variable: 'NODE_VERSION',
      latest: '24.9.0',
      lines: {
        '12': '12.22.12',
        '14': '14.21.3',
        '16': '16.20.2',
        '18': '18.20.8',
        '20': '20.19.5',
        '22': '22.20.0',
        '24': '24.9.0',
        lts: '22.20.0',
      },
    },
  }),
  language({
    repositories: ['docker.io/library/golang'],
    tags: numbered('latest|alpine|bookworm|1(\\.\\d+){0,2}'),
    binaries: { go: 'go', gofmt: 'go' },
    cmd: ['bash'],
    megabytes: 290,
    version: {
      variable: 'GOLANG_VERSION',
      latest: '1.25.1',
      lines: { '1': '1.25.1', '1.21': '1.21.13', '1.22': '1.22.12', '1.23': '1.23.12', '1.24': '1.24.7' },
    },
  }),
  language({
    repositories: ['docker.io/library/perl', 'registry.k8s.io/e2e-test-images/perl'],
    tags: numbered('latest|slim|5(\\.\\d+){0,2}'),
    binaries: { perl: 'perl' },
    cmd: ['perl'],
    megabytes: 320,
    version: {
      variable: 'PERL_VERSION',
      latest: '5.42.0',
      lines: {
        '5': '5.42.0',
        '5.26': '5.26.3',
        '5.34': '5.34.3',
        '5.36': '5.36.3',
        '5.38': '5.38.5',
        '5.40': '5.40.3',
      },
    },
  }),
  language({
    repositories: ['docker.io/library/ruby'],
    tags: numbered('latest|slim|alpine|[23](\\.\\d+){0,2}'),
    binaries: { ruby: 'ruby', irb: 'ruby', gem: 'ruby' },
    cmd: ['irb'],
    megabytes: 340,
    slimPackages: ['openssl', 'procps'],
    version: {
      variable: 'RUBY_VERSION',
      latest: '3.4.6',
      lines: { '2': '2.7.8', '2.7': '2.7.8', '3': '3.4.6', '3.1': '3.1.7', '3.2': '3.2.9', '3.3': '3.3.9' },
    },
  }),
  {
    ...language({
      repositories: ['docker.io/library/php'],
      tags: numbered('latest|cli|fpm|apache|alpine|\\d(\\.\\d+){0,2}'),
      binaries: { php: 'php', 'php-fpm': 'php-fpm', 'apache2-foreground': 'php-apache' },
      cmd: ['php', '-a'],
      megabytes: 180,
      packages: ['curl', 'openssl'],
      version: {
        variable: 'PHP_VERSION',
        latest: '8.4.13',
        lines: {
          '5': '5.6.40',
          '5.6': '5.6.40',
          '7': '7.4.33',
          '7.2': '7.2.34',
          '7.4': '7.4.33',
          '8': '8.4.13',
          '8.0': '8.0.30',
          '8.1': '8.1.33',
          '8.2': '8.2.29',
          '8.3': '8.3.26',
        },
      },
    }),
    cmdOf: tag => (/fpm/.test(tag) ? ['php-fpm'] : /apache/.test(tag) ? ['apache2-foreground'] : ['php', '-a']),
    workingDir: '/var/www/html',
    programs: {
      ...interpreters,
      'php-fpm': lazily(
        () => import('./php-programs.ts'),
        m => m.fpm,
      ),
      'php-apache': lazily(
        () => import('./php-programs.ts'),
        m => m.apache,
      ),
    },
  },
  language(
    java([
      'docker.io/library/openjdk',
      'docker.io/library/eclipse-temurin',
      'docker.io/library/amazoncorretto',
      'docker.io/library/java',
      'docker.io/adoptopenjdk/openjdk11',
    ]),
  ),
  language(java(['docker.io/library/maven'], { mvn: 'unsimulated/mvn' }, 280)),
  language(java(['docker.io/library/gradle'], { gradle: 'unsimulated/gradle' }, 340)),
  language({
    repositories: ['docker.io/library/rust'],
    tags: numbered('latest|slim|alpine|1(\\.\\d+){0,2}'),
    binaries: { rustc: 'unsimulated/rustc', cargo: 'unsimulated/cargo' },
    cmd: ['bash'],
    megabytes: 520,
  }),
  ...['sdk', 'aspnet', 'runtime'].map(name =>
    language({
      repositories: [`mcr.microsoft.com/dotnet/${name}`],
      tags: numbered('latest|\\d+(\\.\\d+){0,2}'),
      binaries: { '/usr/bin/dotnet': 'unsimulated/dotnet' },
      cmd: ['bash'],
      megabytes: name === 'sdk' ? 300 : 90,
      packages: name === 'sdk' ? ['curl', 'wget', 'openssl', 'procps'] : ['openssl'],
    }),
  ),
]
