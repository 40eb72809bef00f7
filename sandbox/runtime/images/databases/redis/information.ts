/** What redis says of itself: INFO and ROLE. */

import { KERNEL_RELEASE } from '../../../kernel/kernel-release.ts'
import { array, bulk, integer, type Reply } from './protocol.ts'
import type { Followers, Replica } from './replication.ts'

export interface Standing {
  version: string
  /** Of each database that has keys: its number, how many, and how many of them are for a time. */
  sizes: readonly (readonly [index: number, keys: number, expiring: number])[]
  followers: Followers
  replica: Replica
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

/** @param section one of its parts; all when absent */
export function information(standing: Standing, section = ''): string {
  const sections: Record<string, string[]> = {
    Server: [`redis_version:${standing.version}`, `os:Linux ${KERNEL_RELEASE} x86_64`],
    Replication: replication(standing),
    Keyspace: standing.sizes.map(([index, keys, expiring]) => `db${index}:keys=${keys},expires=${expiring},avg_ttl=0`),
  }
  return Object.entries(sections)
    .filter(([name]) => !section || name.toLowerCase() === section.toLowerCase())
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
