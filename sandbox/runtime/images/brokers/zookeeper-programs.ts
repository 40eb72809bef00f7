/**
 * ZooKeeper as far as one sees it from outside: servers of an ensemble that follow one of them, nodes that all of them have
 * and that outlive a restart, the four-letter words, and zkCli's create, get, set, ls and delete.
 */
import type { Connection } from '../../../network/network.ts'
import { connect } from '../../commands/network/connect.ts'
import { resolveHost } from '../../commands/network/resolve.ts'
import { forever } from '../../network/serving.ts'
import type { Program } from '../../processes/process.ts'
import { configureFromEnvironment, configureMember, readConfig } from './zookeeper-config.ts'

const VERSION = '3.4.10'

interface Znode {
  data: string
  version: number
  zxid: number
}

type Change = { zxid: number; path: string; data: string | null; version: number }

/** The Java of the images, with what it is usually told; the last word is where its configuration is. */
const JAVA = [
  '/usr/lib/jvm/java-8-openjdk-amd64/bin/java',
  '-Dzookeeper.log.dir=/var/log/zookeeper',
  '-Dzookeeper.root.logger=INFO,CONSOLE',
  '-cp',
  '/opt/zookeeper/bin/../lib/*.jar:/opt/zookeeper/bin/../conf:',
]
const MAIN = 'org.apache.zookeeper.server.quorum.QuorumPeerMain'

export const startZookeeper: Program = process => {
  const heap = process.argv.find(word => word.startsWith('--heap='))?.slice('--heap='.length) ?? '2G'
  const path = configureMember(process)
  return process.exec([...JAVA, `-Xmx${heap}`, `-Xms${heap}`, MAIN, path])
}

export const zkServer: Program = async process => {
  const [verb = ''] = process.argv.slice(1)
  if (verb !== 'start-foreground') {
    await process.write(2, `zkServer.sh: ${verb || 'a command is needed: start-foreground'} is not simulated\n`)
    return 126
  }
  return process.exec([...JAVA, '-Xmx1000m', MAIN, configureFromEnvironment(process)])
}

export const server: Program = async process => {
  const { fs } = process
  const { port, dataDirectory: directory, peers: members } = readConfig(fs.readFile(process.argv.at(-1)!))
  const count = members.length
  const id = Number(fs.exists(`${directory}/myid`) ? fs.readFile(`${directory}/myid`) : 1)
  const me = members.find(member => member.id === id)
  const log = (text: string): void => {
    const at = new Date(process.clock.now()).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',')
    void process.fds[1]?.write(process, `${at} [myid:${count > 1 ? id : ''}] - INFO  ${text}\n`)
  }
  process.memory = 90_000_000
  process.on('TERM', () => process.exit(143))
  // Where the real one keeps its snapshots, too.
  fs.mkdir(`${directory}/version-2`, { recursive: true })
  const snapshot = `${directory}/version-2/snapshot.0`
  const tree = new Map<string, Znode>(
    process.fs.exists(snapshot) ? (JSON.parse(process.fs.readFile(snapshot)) as [string, Znode][]) : [],
  )
  let zxid = Math.max(0, ...[...tree.values()].map(node => node.zxid))
  const peers = new Set<Connection>()
  // Who finds nobody leads those that come later.
  let mode = count > 1 ? 'leader' : 'standalone'
  const learn = ({ zxid: at, path, data, version }: Change): void => {
    if (at <= zxid) return
    zxid = at
    if (data === null) tree.delete(path)
    else tree.set(path, { data, version, zxid: at })
    process.fs.writeFile(snapshot, JSON.stringify([...tree]))
  }
  const meet = (connection: Connection): void => {
    peers.add(connection)
    listen(connection, line => {
      for (const change of JSON.parse(line) as Change[]) learn(change)
    })
    connection.onClose(() => {
      peers.delete(connection)
      connection.close()
    })
    const known = [...tree].map(([path, node]) => ({ path, ...node })).sort((a, b) => a.zxid - b.zxid)
    connection.send(`${JSON.stringify(known)}\n`)
  }
  const change = (path: string, data: string | null, version = 0): void => {
    const made = { zxid: zxid + 1, path, data, version }
    learn(made)
    for (const peer of peers) peer.send(`${JSON.stringify([made])}\n`)
  }

  log(`[main:QuorumPeerMain] - Starting ${count > 1 ? 'quorum peer' : 'server in standalone mode'}`)
  await process.compute(800)
  if (count > 1 && me) {
    process.net.listen('TCP', me.port, meet)
    for (const member of members) {
      if (member === me) continue
      // Those that are not there yet will come by themselves.
      const ip = resolveHost(process, member.host).ips[0]
      const opened = ip && (await connect(process, ip, member.port, { timeoutMs: 2000 }))
      if (opened && 'connection' in opened) meet(opened.connection)
    }
    if (peers.size) mode = 'follower'
    log(`[QuorumPeer[myid=${id}]/0:0:0:0:0:0:0:0:${port}] - ${mode === 'leader' ? 'LEADING' : 'FOLLOWING'}`)
  }
  process.net.listen('TCP', port, connection =>
    listen(
      connection,
      line => connection.send(answer(line)),
      // A four-letter word needs no end of line.
      text => /^(ruok|stat|srvr|mntr|conf|envi)$/.test(text),
    ),
  )
  log(`[main:NIOServerCnxnFactory] - binding to port 0.0.0.0/0.0.0.0:${port}`)

  function answer(line: string): string {
    if (line === 'ruok') return 'imok'
    if (/^(stat|srvr)$/.test(line))
      return `Zookeeper version: ${VERSION}\nZxid: 0x${zxid.toString(16)}\nMode: ${mode}\nNode count: ${tree.size + 4}\n`
    if (/^[a-z]{4}$/.test(line)) return `${line} is not executed because it is not in the whitelist.\n`
    const [command, path = '', data = ''] = JSON.parse(line) as string[]
    const node = tree.get(path)
    const reply = (text: string): string => `${JSON.stringify(text)}\n`
    switch (command) {
      case 'create':
        if (node) return reply(`Node already exists: ${path}`)
        change(path, data)
        return reply(`Created ${path}`)
      case 'get':
        return reply(
          node
            ? `${node.data}\ncZxid = 0x${node.zxid.toString(16)}\ndataVersion = ${node.version}\ndataLength = ${node.data.length}\nnumChildren = ${children(tree, path).length}`
            : `Node does not exist: ${path}`,
        )
      case 'set':
        if (!node) return reply(`Node does not exist: ${path}`)
        change(path, data, node.version + 1)
        return reply('')
      case 'ls':
        return reply(node || path === '/' ? `[${children(tree, path).join(', ')}]` : `Node does not exist: ${path}`)
      case 'delete':
        if (!node) return reply(`Node does not exist: ${path}`)
        change(path, null)
        return reply('')
      default:
        return reply(`zkCli.sh: ${command} is not simulated`)
    }
  }
  return forever(process)
}

const children = (tree: ReadonlyMap<string, Znode>, path: string): string[] => {
  const prefix = path === '/' ? '/' : `${path}/`
  const names = [...tree.keys()]
    .filter(key => key.startsWith(prefix))
    .map(key => key.slice(prefix.length).split('/')[0]!)
  return [...new Set(path === '/' ? [...names, 'zookeeper'] : names)].sort()
}

function listen(
  connection: Connection,
  line: (text: string) => void,
  whole: (text: string) => boolean = () => false,
): void {
  let text = ''
  connection.onData(data => {
    text += data
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const said = text.slice(0, end)
      text = text.slice(end + 1)
      line(said)
      if (whole(said)) connection.close()
    }
    if (!whole(text)) return
    line(text)
    connection.close()
  })
  connection.onClose(() => connection.close())
}

export const client: Program = async process => {
  const words = process.argv.slice(1)
  const at = words.indexOf('-server')
  const [host = 'localhost', port = '2181'] = at < 0 ? [] : (words.splice(at, 2)[1] ?? '').split(':')
  const opened = await connect(process, host, Number(port), { timeoutMs: 10_000 })
  if ('failure' in opened) {
    await process.write(
      2,
      `Exception in thread "main" org.apache.zookeeper.KeeperException$ConnectionLossException: KeeperErrorCode = ConnectionLoss\n`,
    )
    return 1
  }
  await process.write(
    1,
    `Connecting to ${host}:${port}\n\nWATCHER::\n\nWatchedEvent state:SyncConnected type:None path:null\n`,
  )
  if (!words.length) {
    await process.write(2, 'zkCli.sh: a session is not simulated; give the command as an argument\n')
    return 126
  }
  await opened.stream.write(process, `${JSON.stringify(words)}\n`)
  let answer = ''
  while (!answer.includes('\n')) {
    const data = await opened.stream.read(process)
    if (!data) break
    answer += data
  }
  opened.stream.close()
  const text = answer ? (JSON.parse(answer) as string) : ''
  if (text) await process.write(1, `${text}\n`)
  return text.endsWith('is not simulated') ? 126 : 0
}
