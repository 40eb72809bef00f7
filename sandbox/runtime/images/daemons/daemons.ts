/** Images of databases and other daemons, made of their tables. What they do is in `programs.ts`. */
import type { Directory } from '../../files/fs.ts'
import { binary, type CarryingProgram, carriedLazily } from '../../programs.ts'
import { alpineBase, type Base, debianBase, type Image, orAlpine, PATH } from '../image.ts'
import { versionOf } from '../versions.ts'
import { APPLICATIONS } from './application-table.ts'
import { DAEMONS, type DaemonImage, MYSQL, POSTGRES } from './table.ts'

const daemon = (name: string): CarryingProgram =>
  carriedLazily(
    () => import('./programs.ts'),
    m => m.daemon(name),
  )

const client = (name: string): CarryingProgram =>
  carriedLazily(
    () => import('./clients.ts'),
    m => m.client(name),
  )

const ALL_CLIENTS = [
  ...MYSQL,
  'mariadb',
  'mariadb-admin',
  'mariadb-dump',
  ...POSTGRES,
  'mongosh',
  'mongo',
  'rabbitmq-diagnostics',
  'rabbitmqctl',
  'amqp-declare-queue',
  'amqp-delete-queue',
  'amqp-publish',
  'amqp-get',
  'amqp-consume',
  'etcdctl',
]

/** Clients of databases, for images that have them besides. */
export const clientPrograms: Readonly<Record<string, CarryingProgram>> = Object.fromEntries(
  ALL_CLIENTS.map(name => [name, client(name)]),
)

const ALPINE = alpineBase()

/** Small ones are built on Alpine. */
const baseOf = ({ megabytes, packages }: DaemonImage): Base =>
  megabytes < 50 ? ALPINE : debianBase(undefined, packages)

export const daemons: readonly Image[] = [...DAEMONS, ...APPLICATIONS].map(
  ({ clients = [], args = [], version, ...d }) => ({
    repositories: d.repositories.split(' '),
    tags: d.tags,
    megabytes: d.megabytes,
    entrypoint: ['docker-entrypoint.sh'],
    cmd: [d.name, ...args],
    env: { PATH },
    ...(version && { version }),
    exposedPorts: d.port ? [d.port] : [],
    ...(d.stopSignal ? { stopSignal: d.stopSignal } : {}),
    base: baseOf(d),
    baseOf: orAlpine(baseOf(d)),
    files(root: Directory, tag: string) {
      const carried = version ? versionOf(version, tag) : tag
      if (d.directory) root.mkdir(d.directory)
      root.write(`/usr/local/bin/${d.name}`, binary(d.name, carried), { mode: 0o755 })
      for (const name of typeof clients === 'function' ? clients(carried) : clients)
        root.write(`/usr/bin/${name}`, binary(name, carried), { mode: 0o755 })
      root.write(
        '/usr/local/bin/docker-entrypoint.sh',
        `#!/bin/sh\nset -e\nif [ "\${1#-}" != "$1" ]; then\n\tset -- ${d.name} "$@"\nfi\nexec "$@"\n`,
        { mode: 0o755 },
      )
    },
    programs: { ...clientPrograms, [d.name]: daemon(d.name) },
  }),
)
