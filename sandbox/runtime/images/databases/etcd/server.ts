/** etcd: its gateway of JSON, which is what etcdctl speaks here too; one member, whose data are a file of its data directory. */

import { sha1 } from '../../../../crypto/digests.ts'
import type { Connection } from '../../../../network/network.ts'
import { converseHttp, type HttpRequest, type HttpResponse } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import type { DaemonServer } from '../../daemons/daemon.ts'
import { type KeyValue, type Range, Store } from './store.ts'

type Json = { [name: string]: unknown }

const decode = (text: unknown): string =>
  new TextDecoder().decode(Uint8Array.from(atob(String(text ?? '')), c => c.charCodeAt(0)))
const encode = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** The first eight bytes of a sum, as a number. */
const idOf = (bytes: readonly number[]): bigint =>
  sha1(bytes)
    .slice(0, 8)
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)

/** A flag of the command line or its variable. */
function setting({ argv, env }: Process, name: string, usual: string): string {
  const at = argv.findIndex(word => word === `--${name}` || word === `-${name}`)
  if (at >= 0) return argv[at + 1] ?? usual
  const joined = argv.find(word => word.startsWith(`--${name}=`))
  return joined?.slice(name.length + 3) ?? env[`ETCD_${name.toUpperCase().replaceAll('-', '_')}`] ?? usual
}

/** An error of the server's, with its number in gRPC. */
class Refused extends Error {
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

export function etcd(process: Process, version: string): DaemonServer {
  const { fs } = process
  const name = setting(process, 'name', 'default')
  const directory = setting(process, 'data-dir', `${name}.etcd`)
  const path = directory.startsWith('/') ? directory : `${process.cwd === '/' ? '' : process.cwd}/${directory}`
  const file = `${path}/member/snap/db`
  const store = fs.exists(file) ? Store.read(fs.readFile(file)) : new Store()
  const peers = setting(process, 'initial-advertise-peer-urls', 'http://localhost:2380')
  const clients = setting(process, 'advertise-client-urls', 'http://localhost:2379')
  const token = setting(process, 'initial-cluster-token', 'etcd-cluster')
  const several = setting(process, 'initial-cluster', '').split(',').length > 1
  const bytes = [...new TextEncoder().encode(peers.split(',').sort().join('') + token)]
  const member = idOf(bytes)
  const cluster = idOf(sha1(bytes).slice(0, 8))
  /** Of raft: one entry for each write, and those of the beginning. */
  let index = 4
  /** Those who wait for something to happen. */
  const waiting = new Set<() => void>()

  const keep = (): void => {
    index++
    fs.mkdir(`${path}/member/snap`, { recursive: true })
    fs.writeFile(file, store.write())
    for (const wake of [...waiting]) wake()
  }
  const header = (withRevision = true): Json => ({
    cluster_id: String(cluster),
    member_id: String(member),
    ...(withRevision && { revision: String(store.revision) }),
    raft_term: '2',
  })
  const shown = ({ key, value, created, modified, version: own }: KeyValue, bare = false): Json => ({
    key: encode(key),
    ...(created && { create_revision: String(created) }),
    mod_revision: String(modified),
    ...(own && { version: String(own) }),
    ...(value && !bare && { value: encode(value) }),
  })
  const rangeOf = ({ key, range_end: end }: Json): Range => ({
    key: decode(key),
    ...(end !== undefined && { end: decode(end) }),
  })

  const answers: Readonly<Record<string, (body: Json) => Json>> = {
    'kv/put'(body) {
      if (!body.key) throw new Refused(3, 'etcdserver: key is not provided')
      const before = store.put(decode(body.key), decode(body.value))
      keep()
      return { header: header(), ...(Boolean(body.prev_kv) && before && { prev_kv: shown(before) }) }
    },
    'kv/range'(body) {
      const revision = Number(body.revision ?? 0)
      if (revision > store.revision) throw new Refused(11, 'etcdserver: mvcc: required revision is a future revision')
      if (revision && revision < store.compacted)
        throw new Refused(11, 'etcdserver: mvcc: required revision has been compacted')
      const found = store.range(rangeOf(body), revision || undefined)
      if (body.sort_order === 'DESCEND') found.reverse()
      const limit = Number(body.limit ?? 0)
      const kvs = limit ? found.slice(0, limit) : found
      return {
        header: header(),
        ...(kvs.length && !body.count_only && { kvs: kvs.map(kv => shown(kv, Boolean(body.keys_only))) }),
        ...(kvs.length < found.length && { more: true }),
        ...(found.length && { count: String(found.length) }),
      }
    },
    'kv/deleterange'(body) {
      const gone = store.remove(rangeOf(body))
      if (gone.length) keep()
      return {
        header: header(),
        ...(gone.length && { deleted: String(gone.length) }),
        ...(Boolean(body.prev_kv) && gone.length > 0 && { prev_kvs: gone.map(kv => shown(kv)) }),
      }
    },
    'kv/compaction'(body) {
      const revision = Number(body.revision ?? 0)
      if (revision > store.revision) throw new Refused(11, 'etcdserver: mvcc: required revision is a future revision')
      if (revision <= store.compacted) throw new Refused(11, 'etcdserver: mvcc: required revision has been compacted')
      store.compact(revision)
      return { header: header() }
    },
    'cluster/member/list': () => ({
      header: header(false),
      members: [{ ID: String(member), name, peerURLs: peers.split(','), clientURLs: clients.split(',') }],
    }),
    'maintenance/status': () => ({
      header: header(),
      version,
      dbSize: '20480',
      leader: String(member),
      raftIndex: String(index),
      raftTerm: '2',
      raftAppliedIndex: String(index),
      dbSizeInUse: '16384',
    }),
  }

  /** Answers once with what has happened: who goes on watching asks again. */
  const watch = (body: Json, respond: (response: HttpResponse) => void, mine: Set<() => void>): void => {
    const create = (body.create_request ?? {}) as Json
    const range = rangeOf(create)
    const from = Number(create.start_revision ?? 0) || store.revision + 1
    const attempt = (): void => {
      const events = store.since(range, from)
      if (!events.length) {
        waiting.add(attempt)
        mine.add(attempt)
        return
      }
      waiting.delete(attempt)
      mine.delete(attempt)
      respond(
        json({
          result: {
            header: header(),
            events: events.map(({ type, kv }) => ({ ...(type === 'DELETE' && { type }), kv: shown(kv) })),
          },
        }),
      )
    }
    attempt()
  }

  const answerTo = (path: string, body: Json): HttpResponse => {
    if (path === '/health') return json({ health: 'true', reason: '' })
    if (path === '/version')
      return json({ etcdserver: version, etcdcluster: `${version.split('.').slice(0, 2).join('.')}.0` })
    const method = methodOf(path)
    if (!method)
      return { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' }
    const own = Object.hasOwn(answers, method) ? answers[method] : undefined
    if (!own) throw new Refused(12, `${method} is not simulated`)
    return json(own(body))
  }

  const handle = (request: HttpRequest, respond: (response: HttpResponse) => void, mine: Set<() => void>): void => {
    const method = methodOf(request.path)
    try {
      if (several && /^(kv|watch)/.test(method)) throw new Refused(12, 'clusters of several members are not simulated')
      const body = (request.body ? JSON.parse(request.body) : {}) as Json
      if (method === 'watch') watch(body, respond, mine)
      else respond(answerTo(request.path, body))
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof SyntaxError)) throw error
      const code = error instanceof Refused ? error.code : 3
      respond({ ...json({ error: error.message, code, message: error.message }), status: code === 12 ? 501 : 400 })
    }
  }

  return {
    converse(connection) {
      /** What this client waits for; who has gone waits no longer. */
      const mine = new Set<() => void>()
      const ended = (): void => {
        for (const attempt of mine) waiting.delete(attempt)
      }
      converseHttp(process, besideProbes(connection, ended), {
        port: 2379,
        go: true,
        handle: (request, respond) => handle(request, respond, mine),
      })
    },
  }
}

/** `kv/put` of `/v3/kv/put`. */
const methodOf = (path: string): string => /^\/v3(?:beta|alpha)?\/(.*)$/.exec(path)?.[1] ?? ''

const json = (body: Json): HttpResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

/** A connection by which a probe of gRPC may come as well. */
const besideProbes = (connection: Connection, ended: () => void): Connection => ({
  local: connection.local,
  remote: connection.remote,
  send: data => connection.send(data),
  close: () => connection.close(),
  onClose: handler =>
    connection.onClose(() => {
      ended()
      handler()
    }),
  onData: handler =>
    connection.onData(data =>
      data.startsWith('grpc-health ') ? connection.send('grpc-health SERVING\r\n') : handler(data),
    ),
})
