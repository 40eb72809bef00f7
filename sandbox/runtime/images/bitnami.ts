/** Bitnami's images: the same programs, run by user 1001, with settings, ports and directories of their own. */
import type { Directory } from '../files/fs.ts'
import { binary } from '../programs.ts'
import { clientPrograms } from './daemons/daemons.ts'
import { DAEMONS, POSTGRES } from './daemons/table.ts'
import { redis } from './databases/redis/redis.ts'
import { debianBase, executable, type Image, PATH } from './image.ts'
import { type Versions, versionOf } from './versions.ts'
import { nginxUnprivilegedImage } from './web/nginx/nginx.ts'

const TAGS = /^(latest|\d+(\.\d+){0,2}(-debian-\d+(-r\d+)?)?)$/

const repositories = (name: string): string[] => [`docker.io/bitnami/${name}`, `docker.io/bitnamilegacy/${name}`]

interface Bitnami {
  name: string
  title: string
  /** Its program, and what it is started with. */
  run: readonly string[]
  /** Where the program looks for its data. */
  data?: string
  port: number
  megabytes: number
  /** Which setting has to be there, unless empty passwords are allowed. */
  password?: string
  /** From Bitnami's settings to those that the program knows. */
  settings?: string
  clients?: readonly string[]
  version?: Versions
  binaries?(root: Directory, version: string): void
  programs?: Image['programs']
}

const entrypoint = ({ name, title, password, settings = '', data }: Bitnami): string => `#!/bin/bash
set -e
say() { echo "${name} $(date +%H:%M:%S.00) $1 ==> $2" >&2; }
say 'INFO ' ''
say 'INFO ' 'Welcome to the Bitnami ${name} container'
say 'INFO ' ''
${
  password
    ? `if [ -z "$${password}" ] && [ "\${ALLOW_EMPTY_PASSWORD:-no}" != yes ]; then
  say ERROR 'The ${password} environment variable is empty or not set. Set the environment variable ALLOW_EMPTY_PASSWORD=yes to allow the container to be started with blank passwords. This is recommended only for development.'
  exit 1
fi`
    : ''
}
${settings}
${data ? `mkdir -p ${data}` : ''}
say 'INFO ' '** Starting ${title} setup **'
say 'INFO ' '** ${title} setup finished! **'
say 'INFO ' '** Starting ${title} **'
exec "$@"
`

const [mysqld, mariadbd, postgres, mongod] = ['mysqld', 'mariadbd', 'postgres', 'mongod'].map(
  name => DAEMONS.find(daemon => daemon.name === name)!,
)

const ROWS: readonly Bitnami[] = [
  {
    name: 'mysql',
    title: 'MySQL',
    run: ['mysqld'],
    data: '/bitnami/mysql/data',
    port: 3306,
    megabytes: 190,
    password: 'MYSQL_ROOT_PASSWORD',
    settings: '[ "$ALLOW_EMPTY_PASSWORD" = yes ] && export MYSQL_ALLOW_EMPTY_PASSWORD=1',
    clients: ['mysql', 'mysqladmin', 'mysqldump'],
    version: { ...mysqld!.version!, variable: 'APP_VERSION', suffix: '' },
  },
  {
    name: 'mariadb',
    title: 'MariaDB',
    run: ['mariadbd'],
    data: '/bitnami/mariadb/data',
    port: 3306,
    megabytes: 160,
    password: 'MARIADB_ROOT_PASSWORD',
    settings: '[ "$ALLOW_EMPTY_PASSWORD" = yes ] && export MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1',
    clients: ['mariadb', 'mariadb-admin', 'mariadb-dump', 'mysql', 'mysqladmin', 'mysqldump'],
    version: { ...mariadbd!.version!, variable: 'APP_VERSION', suffix: '' },
  },
  {
    name: 'postgresql',
    title: 'PostgreSQL',
    run: ['postgres'],
    data: '/bitnami/postgresql/data',
    port: 5432,
    megabytes: 110,
    settings: `export PGDATA=/bitnami/postgresql/data
export POSTGRES_PASSWORD="\${POSTGRESQL_PASSWORD:-$POSTGRES_PASSWORD}"
[ -n "\${POSTGRESQL_USERNAME:-$POSTGRES_USER}" ] && export POSTGRES_USER="\${POSTGRESQL_USERNAME:-$POSTGRES_USER}"
[ -n "\${POSTGRESQL_DATABASE:-$POSTGRES_DATABASE}" ] && export POSTGRES_DB="\${POSTGRESQL_DATABASE:-$POSTGRES_DATABASE}"
if [ -z "$POSTGRES_PASSWORD" ]; then
  if [ "$ALLOW_EMPTY_PASSWORD" != yes ]; then
    say ERROR 'The POSTGRESQL_PASSWORD environment variable is empty or not set. Set the environment variable ALLOW_EMPTY_PASSWORD=yes to allow the container to be started with blank passwords. This is recommended only for development.'
    exit 1
  fi
  export POSTGRES_HOST_AUTH_METHOD=trust
fi`,
    clients: POSTGRES,
    version: { ...postgres!.version!, variable: 'APP_VERSION', suffix: '' },
  },
  {
    name: 'mongodb',
    title: 'MongoDB',
    run: ['mongod'],
    data: '/bitnami/mongodb/data/db',
    port: 27_017,
    megabytes: 270,
    settings:
      '[ -n "$MONGODB_ROOT_PASSWORD" ] && export MONGO_INITDB_ROOT_USERNAME="${MONGODB_ROOT_USER:-root}" MONGO_INITDB_ROOT_PASSWORD="$MONGODB_ROOT_PASSWORD"',
    clients: ['mongosh'],
    version: { ...mongod!.version!, variable: 'APP_VERSION' },
  },
  {
    name: 'redis',
    title: 'Redis',
    run: ['redis-server', '--dir', '/bitnami/redis/data', '--appendonly', 'yes', '--save', ''],
    data: '/bitnami/redis/data',
    port: 6379,
    megabytes: 40,
    password: 'REDIS_PASSWORD',
    settings: '[ -n "$REDIS_PASSWORD" ] && set -- "$@" --requirepass "$REDIS_PASSWORD"',
    version: redis.version!,
    binaries(root) {
      for (const name of ['redis-server', 'redis-cli']) executable(root, `/usr/bin/${name}`, name)
    },
    programs: redis.programs!,
  },
  {
    name: 'rabbitmq',
    title: 'RabbitMQ',
    run: ['rabbitmq-server'],
    port: 5672,
    megabytes: 150,
    clients: ['rabbitmq-diagnostics'],
  },
  { name: 'memcached', title: 'Memcached', run: ['memcached'], port: 11_211, megabytes: 40 },
  { name: 'etcd', title: 'etcd', run: ['etcd'], port: 2379, megabytes: 60 },
  { name: 'kafka', title: 'Kafka', run: ['kafka'], port: 9092, megabytes: 280 },
]

const bitnami = (row: Bitnami): Image => ({
  repositories: repositories(row.name),
  tags: TAGS,
  megabytes: row.megabytes,
  entrypoint: [`/opt/bitnami/scripts/${row.name}/entrypoint.sh`],
  cmd: row.run,
  user: '1001',
  env: { PATH, BITNAMI_APP_NAME: row.name },
  ...(row.version && { version: row.version }),
  exposedPorts: [row.port],
  base: debianBase(undefined, ['curl', 'openssl', 'procps']),
  files(root, tag) {
    const carried = row.version ? versionOf(row.version, tag) : tag
    root.mkdir('/bitnami', { mode: 0o775 })
    // The user of these images belongs to the group of root.
    root.mkdir(`/bitnami/${row.name}`, { mode: 0o777 })
    if (row.data && /mysql|mariadb/.test(row.name)) root.symlink('/var/lib/mysql', row.data)
    row.binaries?.(root, carried)
    if (!row.binaries) root.write(`/usr/bin/${row.run[0]}`, binary(row.run[0]!, carried), { mode: 0o755 })
    for (const name of row.clients ?? []) root.write(`/usr/bin/${name}`, binary(name, carried), { mode: 0o755 })
    root.write(`/opt/bitnami/scripts/${row.name}/entrypoint.sh`, entrypoint(row), { mode: 0o755 })
  },
  programs: { ...clientPrograms, ...row.programs },
})

export const bitnamiImages: readonly Image[] = [
  ...ROWS.map(bitnami),
  { ...nginxUnprivilegedImage, repositories: repositories('nginx'), user: '1001', tags: TAGS },
  {
    repositories: repositories('minideb'),
    tags: /^(latest|bookworm|bullseye|trixie)$/,
    megabytes: 30,
    cmd: ['/bin/bash'],
    env: { PATH },
    base: debianBase(),
  },
]
