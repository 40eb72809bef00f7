/** agnhost's programs that do one thing and end: connect, entrypoint-tester, logs-generator, the dns-… ones. */
import { connect as open } from '../../../commands/network/connect.ts'
import { resolvConf } from '../../../commands/network/resolve.ts'
import { forever } from '../../../network/serving.ts'
import { fatal, klog, type Subcommand } from './go.ts'

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

export const connect: Subcommand = async (process, flags) => {
  const target = flags.args[0] ?? ''
  const protocol = flags.text('protocol', 'tcp')
  const timeoutMs = flags.duration('timeout', 0)
  const at = target.lastIndexOf(':')
  const say = async (words: string): Promise<number> => {
    await process.write(2, `${words}\n`)
    return 1
  }
  if (protocol !== 'tcp' && protocol !== 'udp')
    return say(protocol === 'sctp' ? 'OTHER: sctp is not simulated' : 'Unsupported protocol')
  if (at < 0) return say(`UNKNOWN: address ${target}: missing port in address`)
  const opened = await open(process, target.slice(0, at), Number(target.slice(at + 1)), {
    ...(timeoutMs ? { timeoutMs } : {}),
    protocol: protocol === 'udp' ? 'UDP' : 'TCP',
  })
  if ('failure' in opened) {
    const word = WORDS[opened.failure] ?? 'OTHER'
    const why =
      word === 'DNS'
        ? `lookup ${target.slice(0, at)}: no such host`
        : word === 'OTHER'
          ? `dial tcp ${target}: connect: ${opened.message.toLowerCase()}`
          : ''
    return say(why ? `${word}: ${why}` : word)
  }
  const { connection } = opened
  if (protocol === 'tcp') {
    connection.close()
    return 0
  }
  const answer = await process.block<string | undefined>(wake => {
    const timer = timeoutMs ? process.clock.after(timeoutMs, () => wake(undefined)) : undefined
    connection.onData(wake)
    connection.send(`${flags.text('udp-data', 'hostname')}\n`)
    return () => process.clock.cancel(timer)
  })
  connection.close()
  return answer === undefined ? say(`TIMEOUT: read udp ${target}: i/o timeout`) : 0
}

const METHODS = ['GET', 'POST', 'PUT']
const NAMESPACES = ['kube-system', 'default', 'ns']

/** Lines such as an API server logs, evenly over some time. */
export const logsGenerator: Subcommand = async (process, flags) => {
  const total = flags.number('log-lines-total', 0)
  const duration = flags.duration('run-duration', 0)
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
