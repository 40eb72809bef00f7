/** redis-cli: commands from its arguments or from what is typed, and the replies as they are shown. */
import type { Program } from '../../../processes/process.ts'
import { command as encoded, type Reply, takeReply } from './protocol.ts'

const UNSIMULATED = new Set(
  '-s -t -r -i -2 -3 -x -X -d -D -e -u --user --askpass --tls --cacert --cert --key --csv --json --quoted-input --show-pushes --stat --latency --lru-test --replica --rdb --pipe --bigkeys --memkeys --hotkeys --scan --pattern --intrinsic-latency --eval --ldb --cluster --verbose --help'.split(
    ' ',
  ),
)

const show = (reply: Reply, plain: boolean, indent = ''): string => {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`
    case 'error':
      return `${plain ? '' : '(error) '}${reply.text}\n`
    case 'integer':
      return `${plain ? '' : '(integer) '}${reply.n}\n`
    case 'bulk':
      return reply.text === undefined
        ? plain
          ? '\n'
          : '(nil)\n'
        : `${plain ? reply.text : JSON.stringify(reply.text)}\n`
    case 'nothing':
      return plain ? '\n' : '(nil)\n'
    case 'array':
      return reply.items.length
        ? reply.items
            .map((item, i) => {
              const width = String(reply.items.length).length
              const number = `${i ? indent : ''}${String(i + 1).padStart(width)}) `
              return `${plain ? '' : number}${show(item, plain, `${indent}${' '.repeat(width + 2)}`)}`
            })
            .join('')
        : plain
          ? '\n'
          : '(empty array)\n'
  }
}

export const client: Program = async process => {
  const words = process.argv.slice(1)
  let host = '127.0.0.1'
  let raw = !(process.fds[1]?.isTerminal ?? false)
  let port = 6379
  /** The database that it is at. */
  let index = 0
  let password = process.env.REDISCLI_AUTH
  if (/^(-v|--version)$/.test(words[0] ?? '')) {
    await process.write(1, `redis-cli ${process.env.REDIS_VERSION ?? '8.2.1'}\n`)
    return 0
  }
  while (words[0]?.startsWith('-')) {
    const flag = words.shift()
    if (flag === '-h') host = words.shift() ?? host
    else if (flag === '-p') port = Number(words.shift())
    else if (flag === '-a' || flag === '--pass') password = words.shift()
    else if (flag === '-n') index = Number(words.shift())
    else if (flag === '--raw' || flag === '--no-raw') raw = flag === '--raw'
    else if (flag !== '-c' && flag !== '--no-auth-warning') {
      const why = UNSIMULATED.has(flag!)
        ? `redis-cli: ${flag} is not simulated`
        : `Unrecognized option or bad number of args for: '${flag}'`
      await process.write(2, `${why}\n`)
      return 1
    }
  }
  const { connect } = await process.load(import('../../../commands/network/connect.ts'))
  const opened = await connect(process, host, port)
  if ('failure' in opened) {
    await process.write(2, `Could not connect to Redis at ${host}:${port}: ${opened.message}\n`)
    return 1
  }
  const terminal = process.fds[1]?.isTerminal ?? false
  let buffer = ''
  const reply = async (): Promise<Reply | undefined> => {
    for (;;) {
      const taken = buffer ? takeReply(buffer) : undefined
      if (taken) {
        buffer = taken.rest
        return taken.reply
      }
      const data = await opened.stream.read(process)
      if (!data) return undefined
      buffer += data
    }
  }
  const ask = async (command: readonly string[], silent = false): Promise<void> => {
    opened.connection.send(encoded(command))
    const listens = /^(p?subscribe|monitor)$/i.test(command[0] ?? '')
    if (listens && !raw) await process.write(1, 'Reading messages... (press Ctrl-C to quit)\n')
    for (;;) {
      const got = await reply()
      if (!got) return
      if (/^select$/i.test(command[0] ?? '') && got.kind !== 'error') index = Number(command[1])
      if (silent && got.kind === 'error')
        await process.write(2, `${command[0]} ${command[0] === 'AUTH' ? '' : `${command[1]} `}failed: ${got.text}\n`)
      else if (!silent) await process.write(1, show(got, raw))
      if (!listens || got.kind === 'error') return
    }
  }
  if (password !== undefined) {
    if (process.argv.includes('-a') && !process.argv.includes('--no-auth-warning'))
      await process.write(
        2,
        "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
      )
    await ask(['AUTH', password], true)
  }
  if (index) await ask(['SELECT', String(index)], true)
  if (words.length) {
    await ask(words)
    return 0
  }
  for (;;) {
    if (terminal) await process.write(1, `${host}:${port}${index ? `[${index}]` : ''}> `)
    const line = await process.read(0)
    if (!line) return 0
    for (const one of line.split('\n')) {
      const command = (one.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(word => word.replace(/^(["'])(.*)\1$/, '$2'))
      if (/^(quit|exit)$/i.test(command[0] ?? '')) return 0
      if (command.length) await ask(command)
    }
  }
}
