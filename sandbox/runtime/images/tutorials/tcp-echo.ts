/** Istio's TCP echo server: says every line again, with a word before it. */
import { forever } from '../../network/serving.ts'
import type { Behaviour } from './small-server.ts'

export const tcpEcho: Behaviour = {
  answer: () => undefined,
  async instead(process) {
    const [ports = '', prefix] = process.argv.slice(1)
    const log = (text: string): void => void process.fds[1]?.write(process, `${text}\n`)
    if (!ports || prefix === undefined) {
      log('Usage: tcp-echo-server <port>[,<port>...] <prefix>')
      return 1
    }
    for (const port of ports.split(',')) {
      try {
        process.net.listen('TCP', Number(port), connection => {
          let rest = ''
          connection.onData(data => {
            const lines = (rest + data).split('\n')
            rest = lines.pop()!
            for (const line of lines) {
              log(`request: ${line}\nresponse: ${prefix} ${line}`)
              connection.send(`${prefix} ${line}\n`)
            }
          })
          connection.onClose(() => connection.close())
        })
      } catch {
        log(`failed to create listener, err: listen tcp :${port}: bind: address already in use`)
        return 1
      }
      log(`listening on [::]:${port}, prefix: ${prefix}`)
    }
    process.on('TERM', () => process.exit(0))
    return forever(process)
  },
}
