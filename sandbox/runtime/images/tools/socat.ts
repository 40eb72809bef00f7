/** socat, as sidecars use it: what connects to a port is carried to another address. */
import type { Connection } from '../../../network/network.ts'
import { resolveHost } from '../../commands/network/resolve.ts'
import { isErrno, words } from '../../errno.ts'
import type { Process, Program } from '../../processes/process.ts'

interface Address {
  kind: string
  parts: string[]
  options: ReadonlySet<string>
}

const addressOf = (text: string): Address => {
  const [first = '', ...options] = text.split(',')
  const [kind = '', ...parts] = first.split(':')
  return { kind: kind.toUpperCase(), parts, options: new Set(options.map(o => o.split('=')[0]!.toLowerCase())) }
}

const LISTEN = /^TCP4?-L(ISTEN)?$/
const CONNECT = /^TCP4?(-CONNECT)?$/

export const socat: Program = async process => {
  const [from, to] = process.argv
    .slice(1)
    .filter(word => !word.startsWith('-'))
    .map(addressOf)
  const say = (level: string, text: string): void => {
    const at = new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
    void process.fds[2]?.write(process, `${at} socat[${process.pid}] ${level} ${text}\n`)
  }
  if (!from || !to) {
    say('E', `exactly 2 addresses required (there are ${Number(!!from)}); use option "-h" for help`)
    return 1
  }
  if (!LISTEN.test(from.kind) || !CONNECT.test(to.kind)) {
    await process.write(2, `socat: ${from.kind} to ${to.kind} is not simulated\n`)
    return 126
  }
  process.on('TERM', () => process.exit(143))
  process.on('INT', () => process.exit(130))
  const fork = from.options.has('fork')
  try {
    return await process.block<number>((wake, refuse) => {
      try {
        const listener = process.net.listen('TCP', Number(from.parts[0]), connection => {
          if (!fork) listener.close()
          carry(process, connection, to, say, fork ? () => {} : wake)
        })
        return () => listener.close()
      } catch (error) {
        refuse(error as Error)
        return undefined
      }
    })
  } catch (error) {
    if (!isErrno(error, 'EADDRINUSE')) throw error
    say('E', `bind(5, {AF=2 0.0.0.0:${from.parts[0]}}, 16): Address in use`)
    return 1
  }
}

/** Joins a connection to one that is opened for it. */
function carry(
  process: Process,
  near: Connection,
  { parts: [host = '', port = ''] }: Address,
  say: (level: string, text: string) => void,
  over: (code: number) => void,
): void {
  const fail = (text: string): void => {
    say('E', text)
    near.close()
    over(1)
  }
  const ip = resolveHost(process, host).ips[0]
  if (!ip) {
    fail(`getaddrinfo("${host}", "NULL", {1,0,1,6}, {}): Name does not resolve`)
    return
  }
  process.net.connect('TCP', ip, Number(port), result => {
    if ('failure' in result) return fail(`connect(5, AF=2 ${ip}:${port}, 16): ${words(result.failure)}`)
    const far = result.connection
    near.onData(data => far.send(data))
    near.onClose(() => far.close())
    far.onData(data => near.send(data))
    far.onClose(() => {
      near.close()
      over(0)
    })
  })
}
