/** What redis says of itself: INFO and ROLE. */

import { KERNEL_RELEASE } from '../../../kernel/kernel-release.ts'
import type { RedisConfig } from './config.ts'
import { array, bulk, integer, type Reply } from './protocol.ts'
import type { Followers, Replica } from './replication.ts'

export interface Standing {
  version: string
  /** Of each database that has keys: its number, how many, and how many of them are for a time. */
  sizes: readonly (readonly [index: number, keys: number, expiring: number])[]
  followers: Followers
  replica: Replica
  config: RedisConfig
  pid: number
  runId: string
  upSeconds: number
  cpuSeconds: number
  /** Bytes. */
  memory: number
  /** Those who are connected, who of them wait, and how many there have been. */
  clients: number
  blocked: number
  accepted: number
  /** Commands so far. */
  processed: number
  /** Seconds since 1970. */
  lastSave: number
}

function replication({ followers, replica }: Standing): string[] {
  const { master } = replica
  const upstream = master
    ? [
        'role:slave',
        `master_host:${master.host}`,
        `master_port:${master.port}`,
        `master_link_status:${replica.linked ? 'up' : 'down'}`,
        'master_sync_in_progress:0',
        `slave_repl_offset:${replica.offset}`,
        'slave_priority:100',
        'slave_read_only:1',
      ]
    : ['role:master']
  const downstream = followers.online.map(
    ({ connection, port }, i) =>
      `slave${i}:ip=${connection.remote.ip},port=${port},state=online,offset=${followers.offset},lag=0`,
  )
  return [
    ...upstream,
    `connected_slaves:${downstream.length}`,
    ...downstream,
    `master_repl_offset:${master ? replica.offset : followers.offset}`,
  ]
}

const human = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(2)}K` : `${(bytes / 1024 ** 2).toFixed(2)}M`

function sectionsOf(standing: Standing): Record<string, string[]> {
  const { version, config, upSeconds, memory } = standing
  const most = Number(config.get('maxmemory') ?? 0)
  return {
    Server: [
      `redis_version:${version}`,
      'redis_git_sha1:00000000',
      'redis_git_dirty:0',
      'redis_mode:standalone',
      `os:Linux ${KERNEL_RELEASE} x86_64`,
      'arch_bits:64',
      'multiplexing_api:epoll',
      'gcc_version:12.2.0',
      `process_id:${standing.pid}`,
      `run_id:${standing.runId}`,
      `tcp_port:${config.get('port')}`,
      `uptime_in_seconds:${upSeconds}`,
      `uptime_in_days:${Math.floor(upSeconds / 86_400)}`,
      'hz:10',
      `config_file:${config.file ?? ''}`,
    ],
    Clients: [`connected_clients:${standing.clients}`, 'maxclients:10000', `blocked_clients:${standing.blocked}`],
    Memory: [
      `used_memory:${memory}`,
      `used_memory_human:${human(memory)}`,
      `maxmemory:${most}`,
      `maxmemory_human:${most ? human(most) : '0B'}`,
      `maxmemory_policy:${config.get('maxmemory-policy') ?? 'noeviction'}`,
    ],
    Persistence: [
      'loading:0',
      `rdb_last_save_time:${standing.lastSave}`,
      'rdb_last_bgsave_status:ok',
      `aof_enabled:${config.get('appendonly') === 'yes' ? 1 : 0}`,
    ],
    Stats: [`total_connections_received:${standing.accepted}`, `total_commands_processed:${standing.processed}`],
    Replication: replication(standing),
    CPU: [`used_cpu_user:${standing.cpuSeconds.toFixed(6)}`],
    Cluster: ['cluster_enabled:0'],
    Keyspace: standing.sizes.map(([index, keys, expiring]) => `db${index}:keys=${keys},expires=${expiring},avg_ttl=0`),
  }
}

/** @param section one of its parts; all when absent */
export function information(standing: Standing, section = ''): string {
  return Object.entries(sectionsOf(standing))
    .filter(([name]) => /^(|all|default|everything)$/i.test(section) || name.toLowerCase() === section.toLowerCase())
    .map(([name, lines]) => [`# ${name}`, ...lines, ''].join('\r\n'))
    .join('\r\n')
}

export function role({ followers, replica }: Standing): Reply {
  const { master } = replica
  const items: Reply[] = master
    ? [
        bulk('slave'),
        bulk(master.host),
        integer(master.port),
        bulk(replica.linked ? 'connected' : 'connect'),
        integer(replica.offset),
      ]
    : [
        bulk('master'),
        integer(followers.offset),
        {
          kind: 'array',
          items: followers.online.map(({ connection, port }) =>
            array([connection.remote.ip, String(port), String(followers.offset)]),
          ),
        },
      ]
  return { kind: 'array', items }
}
