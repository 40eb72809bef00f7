/** redis-cli: commands from its arguments or from what is typed, and the replies as they are shown. */
import type { Process, Program } from '../../../processes/process.ts'
import { readOptions } from './client-options.ts'
import { command as encoded, type Reply, takeReply } from './protocol.ts'
import { quoted } from './quoting.ts'

const show = (reply: Reply, plain: boolean, indent = ''): string => {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`
    case 'error':
      return `${plain ? '' : '(error) '}${reply.text}\n`
    case 'integer':
      return `${plain ? '' : '(integer) '}${reply.n}\n`
    case 'bulk':
      return reply.text === undefined ? (plain ? '\n' : '(nil)\n') : `${plain ? reply.text : quoted(reply.text)}\n`
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

/** A reply as a line of values; lists within one another are one list. */
const csv = (reply: Reply): string => {
  switch (reply.kind) {
    case 'status':
      return quoted(reply.text)
    case 'error':
      return `ERROR,${quoted(reply.text)}`
    case 'integer':
      return String(reply.n)
    case 'bulk':
      return reply.text === undefined ? 'NULL' : quoted(reply.text)
    case 'nothing':
      return 'NULL'
    case 'array':
      return reply.items.map(csv).join(',')
  }
}

/** Why the C library does not know a name. */
const unknownName = ({ fs }: Process): string =>
  fs.exists('/etc/alpine-release') ? 'Name does not resolve' : 'Name or service not known'

export const client: Program = async process => {
  const words = process.argv.slice(1)
  const terminal = process.fds[1]?.isTerminal ?? false
  if (/^(-v|--version)$/.test(words[0] ?? '')) {
    await process.write(1, `redis-cli ${process.env.REDIS_VERSION ?? '8.2.1'}\n`)
    return 0
  }
  const options = readOptions(words, !terminal, process.env.REDISCLI_AUTH)
  if (typeof options === 'string') {
    await process.write(2, `${options}\n`)
    return 1
  }
  const { host, port, raw, user, password } = options
  let { index } = options
  const { connect } = await process.load(import('../../../commands/network/connect.ts'))
  const opened = await connect(process, host, port)
  if ('failure' in opened) {
    const why = opened.failure === 'ENOTFOUND' ? unknownName(process) : opened.message
    await process.write(2, `Could not connect to Redis at ${host}:${port}: ${why}\n`)
    return 1
  }
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
    if (/^p?subscribe$/i.test(command[0] ?? '') && !raw)
      await process.write(1, 'Reading messages... (press Ctrl-C to quit)\n')
    for (;;) {
      const got = await reply()
      if (!got) return
      if (/^select$/i.test(command[0] ?? '') && got.kind !== 'error') index = Number(command[1])
      if (silent && got.kind === 'error')
        await process.write(2, `${command[0]} ${command[0] === 'AUTH' ? '' : `${command[1]} `}failed: ${got.text}\n`)
      else if (!silent) await process.write(1, options.csv ? `${csv(got)}\n` : show(got, raw))
      if (!listens || got.kind === 'error') return
    }
  }
  if (password !== undefined) {
    if (options.openPassword)
      await process.write(
        2,
        "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
      )
    await ask(['AUTH', ...(user === undefined ? [] : [user]), password], true)
  }
  if (index) await ask(['SELECT', String(index)], true)
  if (options.scan !== undefined) {
    for (let cursor = '0', begun = false; !begun || cursor !== '0'; begun = true) {
      opened.connection.send(encoded(['SCAN', cursor, 'MATCH', options.scan]))
      const got = await reply()
      if (got?.kind !== 'array')
        return process.write(2, `ERROR: ${got?.kind === 'error' ? got.text : ''}\n`).then(() => 1)
      const [next, keys] = got.items
      cursor = next?.kind === 'bulk' ? (next.text ?? '0') : '0'
      for (const key of keys?.kind === 'array' ? keys.items : []) await process.write(1, show(key, raw))
    }
    return 0
  }
  const { command } = options
  if (options.inputLast) {
    let text = ''
    for (let data = await process.read(0); data; data = await process.read(0)) text += data
    command.push(text)
  }
  if (command.length) {
    for (let i = 0; options.repeat < 0 || i < options.repeat; i++) {
      await ask(command)
      if (options.pauseMs) await process.sleep(options.pauseMs)
    }
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
