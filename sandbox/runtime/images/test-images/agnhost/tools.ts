/** agnhost's programs that do one thing and end: connect, entrypoint-tester, logs-generator, the dns-… ones. */
import { connect as open } from '../../../commands/network/connect.ts'
import { resolvConf } from '../../../commands/network/resolve.ts'
import { forever } from '../../../network/serving.ts'
import { addressOf, fatal, klog, type Subcommand } from './go.ts'

export const pause: Subcommand = async process => {
  await process.write(1, 'Paused\n')
  process.on('INT', () => process.exit(1))
  process.on('TERM', () => process.exit(2))
  return forever(process)
}

export const entrypointTester: Subcommand = process => process.write(1, `[${process.argv.join(' ')}]\n`)

export const nonewprivs: Subcommand = process => process.write(1, `Effective uid: ${process.uid}\n`)

export const dnsSuffix: Subcommand = process => process.write(1, `${resolvConf(process).search.join(',')}\n`)

export const dnsServerList: Subcommand = process => process.write(1, `${resolvConf(process).nameservers.join(',')}\n`)

export const etcHosts: Subcommand = process => process.write(1, `${process.fs.readFile('/etc/hosts')}\n`)

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'DNS',
  TIMEOUT: 'TIMEOUT',
  ETIMEDOUT: 'TIMEOUT',
  ECONNREFUSED: 'REFUSED',
}

/** Of a socket that nobody has answered: such a port as the kernel gives first. */
const UNSEEN_PORT = 32_768

export const connect: Subcommand = async (process, flags) => {
  const target = flags.args[0] ?? ''
  const protocol = flags.text('protocol')
  const timeoutMs = flags.duration('timeout')
  const at = target.lastIndexOf(':')
  const say = async (words: string): Promise<number> => {
    await process.write(2, `${words}\n`)
    return 1
  }
  if (!['', 'tcp', 'udp', 'sctp'].includes(protocol)) {
    await process.write(2, `Unsupported protocol\n${protocol}`)
    return 1
  }
  const isTcp = protocol === '' || protocol === 'tcp'
  const parsed = addressOf(target)
  // TCP alone looks at the form of an address before it looks the name up.
  if (at < 0) return say(`${isTcp ? 'UNKNOWN' : 'DNS'}: address ${target}: missing port in address`)
  if (typeof parsed === 'string') return say(`DNS: ${parsed}`)
  if (protocol === 'sctp') return say('OTHER: protocol not supported')
  const opened = await open(process, target.slice(0, at), Number(target.slice(at + 1)), {
    ...(timeoutMs ? { timeoutMs } : {}),
    protocol: protocol === 'udp' ? 'UDP' : 'TCP',
  })
  if ('failure' in opened) {
    const word = WORDS[opened.failure] ?? 'OTHER'
    if (word === 'DNS') return say(`DNS: lookup ${parsed.host}: no such host`)
    if (word === 'OTHER')
      return say(`OTHER: dial ${isTcp ? 'tcp' : 'udp'} ${target}: connect: ${opened.message.toLowerCase()}`)
    if (isTcp) return say(word)
    const own = `${process.net.ips[0] ?? '127.0.0.1'}:${UNSEEN_PORT}->${opened.ip ?? parsed.host}:${parsed.port}`
    return say(`${word}: read udp ${own}: read: ${word === 'REFUSED' ? 'connection refused' : 'i/o timeout'}`)
  }
  const { connection } = opened
  if (isTcp) {
    connection.close()
    return 0
  }
  const answer = await process.block<string | undefined>(wake => {
    const timer = timeoutMs ? process.clock.after(timeoutMs, () => wake(undefined)) : undefined
    connection.onData(wake)
    connection.send(`${flags.text('udp-data')}\n`)
    return () => process.clock.cancel(timer)
  })
  connection.close()
  const { local, remote } = connection
  return answer === undefined
    ? say(`TIMEOUT: read udp ${local.ip}:${local.port}->${remote.ip}:${remote.port}: i/o timeout`)
    : 0
}

const METHODS = ['GET', 'POST', 'PUT']
const NAMESPACES = ['kube-system', 'default', 'ns']

/** Lines such as an API server logs, evenly over some time. */
export const logsGenerator: Subcommand = async (process, flags) => {
  const total = flags.number('log-lines-total')
  const duration = flags.duration('run-duration')
  if (!(total > 0)) return fatal(process, `Invalid total number of lines: ${total}`)
  if (!(duration > 0)) return fatal(process, `Invalid duration: ${duration / 1000}s`)
  const { random } = process
  for (let i = 0; i < total; i++) {
    const name = random.suffix(3 + random.int(2))
    const url = `/api/v1/namespaces/${NAMESPACES[random.int(3)]}/pods/${name}`
    const line = `${i} ${METHODS[random.int(3)]} ${url} ${200 + random.int(400)}`
    await process.write(2, klog(process, line, 'logs_generator.go:76'))
    await process.sleep(duration / total)
  }
  return 0
}
