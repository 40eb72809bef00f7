/** Cassandra as far as one sees it from outside: nodes find one another through their seeds, and `nodetool status` shows the ring. */
import type { Connection } from '../../../network/network.ts'
import { connect } from '../../commands/network/connect.ts'
import { resolveHost } from '../../commands/network/resolve.ts'
import type { Process, Program } from '../../processes/process.ts'

const GOSSIP = 7000
const JMX = 7199
const CQL = 9042
/** How often it is looked whether a seed is there. */
const SEEDS_MS = 10_000

interface Member {
  /** It stays, whatever address the node has. */
  hostId: string
  ip: string
  rack: string
  /** When the node started: what is said of a later start is news, and so is that it has gone since. */
  generation: number
  up: boolean
}

const isNews = (said: Member, known: Member | undefined): boolean =>
  !known || said.generation > known.generation || (said.generation === known.generation && known.up && !said.up)

export const server: Program = async process => {
  const { env } = process
  const log = (text: string): void => {
    const at = new Date(process.clock.now()).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',')
    void process.fds[1]?.write(process, `INFO  [main] ${at} ${text}\n`)
  }
  process.memory = 400_000_000
  process.on('TERM', () => process.exit(143))
  /** By their host ids. */
  const ring = new Map<string, Member>()
  const self: Member = {
    ip: process.net.ips[0] ?? '127.0.0.1',
    hostId: identity(process),
    generation: process.clock.now(),
    rack: env.CASSANDRA_RACK ?? 'rack1',
    up: true,
  }
  ring.set(self.hostId, self)
  const friends = new Set<Connection>()
  const tell = (connection: Connection): void => connection.send(`${JSON.stringify([...ring.values()])}\n`)
  const meet = (connection: Connection): void => {
    friends.add(connection)
    let text = ''
    let other: Member | undefined
    connection.onData(data => {
      text += data
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const members = JSON.parse(text.slice(0, end)) as Member[]
        text = text.slice(end + 1)
        // Who speaks names itself first.
        other ??= members[0]
        const news = members.filter(m => m.hostId !== self.hostId && isNews(m, ring.get(m.hostId)))
        for (const member of news) {
          ring.set(member.hostId, member)
          if (member.up) log(`Node /${member.ip}:${GOSSIP} is now part of the cluster`)
        }
        if (news.length) for (const friend of friends) tell(friend)
      }
    })
    connection.onClose(() => {
      friends.delete(connection)
      connection.close()
      const known = other && ring.get(other.hostId)
      if (!known || known.generation !== other?.generation) return
      ring.set(known.hostId, { ...known, up: false })
      log(`InetAddress /${known.ip}:${GOSSIP} is now DOWN`)
      for (const friend of friends) tell(friend)
    })
    tell(connection)
  }
  log('Cassandra version: 5.0.2')
  await process.compute(4000)
  process.net.listen('TCP', GOSSIP, meet)
  process.net.listen('TCP', JMX, connection => {
    connection.send(statusOf([...ring.values()], env.CASSANDRA_DC ?? 'datacenter1'))
    connection.close()
  })
  const seeds = (env.CASSANDRA_SEEDS ?? '').split(/[\s,]+/).filter(Boolean)
  const isSeed = seeds.some(seed => resolveHost(process, seed).ips.includes(self.ip))
  const meetSeeds = async (): Promise<void> => {
    for (const ip of seeds.flatMap(seed => resolveHost(process, seed).ips)) {
      if (ip === self.ip || [...friends].some(friend => friend.remote.ip === ip)) continue
      const opened = await connect(process, ip, GOSSIP, { timeoutMs: 5000 })
      if ('connection' in opened) meet(opened.connection)
    }
  }
  await meetSeeds()
  if (seeds.length && !friends.size && !isSeed) {
    await process.write(
      2,
      'ERROR Exception encountered during startup\njava.lang.RuntimeException: Unable to gossip with any peers\n',
    )
    return 3
  }
  if (friends.size) {
    log('JOINING: schema complete, ready to bootstrap')
    await process.sleep(5000)
  }
  process.net.listen('TCP', CQL, connection => connection.onData(() => connection.close()))
  log(`Starting listening for CQL clients on /0.0.0.0:${CQL} (unencrypted)...`)
  log('Startup complete')
  // A seed that was away is looked for until it is back.
  for (;;) {
    await process.sleep(SEEDS_MS)
    await meetSeeds()
  }
}

/** Kept with the data, so that a node is the same after a restart. */
function identity(process: Process): string {
  const { fs } = process
  const file = `${fs.exists('/cassandra_data') ? '/cassandra_data' : '/var/lib/cassandra'}/host_id`
  if (!fs.exists(file)) fs.writeFile(file, `${process.random.uuid()}\n`)
  return fs.readFile(file).trim()
}

function statusOf(members: readonly Member[], datacenter: string): string {
  const share = `${(100 * Math.min(1, 1 / members.length) || 100).toFixed(1)}%`
  const rows = members.map(
    m =>
      `${m.up ? 'U' : 'D'}N  ${m.ip.padEnd(11)}  ${'104.55 KiB'.padEnd(10)}  16           ${share.padEnd(16)}  ${m.hostId}  ${m.rack}\n`,
  )
  const title = `Datacenter: ${datacenter}`
  return `${title}\n${'='.repeat(title.length)}\nStatus=Up/Down\n|/ State=Normal/Leaving/Joining/Moving\n--  Address      Load        Tokens       Owns (effective)  Host ID                               Rack\n${rows.join('')}\n`
}

export const nodetool: Program = async process => {
  const command = process.argv.slice(1).find(word => !word.startsWith('-')) ?? 'help'
  const opened = await connect(process, '127.0.0.1', JMX, { timeoutMs: 5000 })
  if ('failure' in opened) {
    await process.write(
      2,
      "nodetool: Failed to connect to '127.0.0.1:7199' - ConnectException: 'Connection refused (Connection refused)'.\n",
    )
    return 1
  }
  let answer = ''
  for (let data = await opened.stream.read(process); data; data = await opened.stream.read(process)) answer += data
  opened.stream.close()
  if (command === 'status') return process.write(1, answer).then(() => 0)
  // There is nothing that would have to be written to the disk.
  if (command === 'drain' || command === 'flush') return 0
  return refuse(process, `nodetool: ${command}`)
}

export const cqlsh: Program = process => refuse(process, 'cqlsh: CQL')

async function refuse(process: Process, what: string): Promise<number> {
  await process.write(2, `${what} is not simulated\n`)
  return 126
}
