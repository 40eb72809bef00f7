/** RabbitMQ's queues: what rabbitmqctl lists, and what the amqp tools of packages put in and take out. One line of JSON in, one out. */
import type { Connection } from '../../../network/network.ts'
import { connect } from '../../commands/network/connect.ts'
import type { Process, Program } from '../../processes/process.ts'
import type { DaemonServer } from '../daemons/daemon.ts'
import { linesOf, readMessage } from '../databases/sql/login.ts'
import { readAll, words } from '../databases/sql/words.ts'

export interface Request {
  user: string
  password: string
  do: 'declare' | 'publish' | 'get' | 'consume' | 'delete' | 'list'
  queue?: string
  body?: string
}

export interface Reply {
  refused?: 'login' | 'queue'
  /** A message; null when there is none. */
  body?: string | null
  queues?: readonly (readonly [name: string, messages: number])[]
}

/** A queue: messages, and who waits for one. */
interface Queue {
  messages: string[]
  waiting: Connection[]
}

export function rabbitmq({ env }: Process): DaemonServer {
  const queues = new Map<string, Queue>()
  const { RABBITMQ_DEFAULT_USER: user = 'guest', RABBITMQ_DEFAULT_PASS: password = 'guest' } = env
  const send = (connection: Connection, reply: Reply): void => connection.send(`${JSON.stringify(reply)}\n`)
  /** @returns nothing while there is no message for who waits for one */
  const serve = (request: Request, connection: Connection): Reply | undefined => {
    if (request.user !== user || request.password !== password) return { refused: 'login' }
    const name = request.queue ?? ''
    const queue = queues.get(name)
    switch (request.do) {
      case 'list':
        return { queues: [...queues].map(([each, { messages }]) => [each, messages.length]) }
      case 'declare':
        if (!queue) queues.set(name, { messages: [], waiting: [] })
        return {}
      case 'publish': {
        // What is sent where no queue is, is lost without a word.
        const next = queue?.waiting.shift()
        if (next) send(next, { body: request.body ?? '' })
        else queue?.messages.push(request.body ?? '')
        return {}
      }
      case 'delete':
        return queues.delete(name) ? {} : { refused: 'queue' }
      default:
        if (!queue) return { refused: 'queue' }
        if (queue.messages.length || request.do === 'get') return { body: queue.messages.shift() ?? null }
        queue.waiting.push(connection)
        connection.onClose(() => {
          queue.waiting = queue.waiting.filter(one => one !== connection)
          connection.close()
        })
        return undefined
    }
  }
  return {
    converse(connection) {
      connection.onData(
        linesOf(line => {
          const request = readMessage<Request>(line)
          const reply = request && serve(request, connection)
          if (reply) send(connection, reply)
          else if (!request) connection.close()
        }),
      )
      connection.onClose(() => connection.close())
    },
  }
}

/** Of the flags of all amqp tools. */
const FLAGS = { values: 'sqrbc', joined: '', stops: true } as const

const nameOf = (process: Process): string => process.argv[0]!.split('/').pop()!

interface Session {
  ask(request: Omit<Request, 'user' | 'password'>): Promise<Reply | undefined>
}

/** Where the tools find the server: a URL, or this machine. */
async function open(process: Process, url: string): Promise<Session | undefined> {
  const [, user = 'guest', password = 'guest', host = 'localhost', port = '5672'] =
    /^amqp:\/\/(?:([^:@]*):([^@]*)@)?([^:/]+)(?::(\d+))?/.exec(url) ?? []
  const opened = await connect(process, host, Number(port), { timeoutMs: 10_000 })
  if ('failure' in opened) {
    const why = opened.failure === 'ENOTFOUND' ? 'could not resolve host name' : 'a socket error occurred'
    await process.write(2, `${nameOf(process)}: opening socket to ${host}:${port}: ${why}\n`)
    return undefined
  }
  let buffer = ''
  return {
    async ask(request) {
      await opened.stream.write(process, `${JSON.stringify({ user, password, ...request })}\n`)
      while (!buffer.includes('\n')) {
        const data = await opened.stream.read(process)
        if (!data) return undefined
        buffer += data
      }
      const end = buffer.indexOf('\n')
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 1)
      return JSON.parse(line) as Reply
    },
  }
}

const refusal = async (process: Process, reply: Reply | undefined, queue: string): Promise<number> => {
  const why = !reply
    ? 'connection closed unexpectedly'
    : reply.refused === 'login'
      ? 'logging in to AMQP server: server connection error 403, message: ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.'
      : `server channel error 404, message: NOT_FOUND - no queue '${queue}' in vhost '/'`
  await process.write(2, `${nameOf(process)}: ${why}\n`)
  return 1
}

/** amqp-declare-queue, amqp-publish, amqp-get, amqp-consume and amqp-delete-queue. */
export const amqpTool: Program = async process => {
  const tool = nameOf(process).replace(/^amqp-/, '')
  const given = words(process.argv.slice(1), FLAGS)
  const queue = given.value('q', 'queue') ?? given.value('r', 'routing-key') ?? ''
  const session = await open(process, given.value('', 'url') ?? `amqp://${given.value('s', 'server') ?? 'localhost'}`)
  if (!session) return 1
  if (tool === 'declare-queue' || tool === 'delete-queue') {
    const reply = await session.ask({ do: tool === 'declare-queue' ? 'declare' : 'delete', queue })
    if (!reply || reply.refused) return refusal(process, reply, queue)
    await process.write(1, `${tool === 'declare-queue' ? queue : 0}\n`)
    return 0
  }
  if (tool === 'publish') {
    const body = given.value('b', 'body') ?? (await readAll(process))
    const reply = await session.ask({ do: 'publish', queue, body })
    return !reply || reply.refused ? refusal(process, reply, queue) : 0
  }
  if (tool === 'get') {
    const reply = await session.ask({ do: 'get', queue })
    if (!reply || reply.refused) return refusal(process, reply, queue)
    if (reply.body === null || reply.body === undefined) return 2
    await process.write(1, reply.body)
    return 0
  }
  const [program, ...args] = given.rest
  if (program === undefined) {
    await process.write(2, `${nameOf(process)}: consuming command not specified\n`)
    return 1
  }
  const most = Number(given.value('c', 'count') ?? Number.POSITIVE_INFINITY)
  for (let n = 0; n < most; n++) {
    const reply = await session.ask({ do: 'consume', queue })
    if (!reply || reply.refused || typeof reply.body !== 'string') return refusal(process, reply, queue)
    const code = await feed(process, [program, ...args], reply.body)
    if (code) return code
  }
  return 0
}

/** Runs a command with a message on its standard input. */
async function feed(process: Process, argv: readonly string[], body: string): Promise<number> {
  let rest = body
  const input = {
    isTerminal: false,
    read: async (): Promise<string> => {
      const text = rest
      rest = ''
      return text
    },
    write: async (): Promise<void> => {},
    close: (): void => {},
  }
  const child = process.spawn({ argv, fds: { 0: input } })
  return (await process.wait(child.pid)).status.code
}

export const rabbitmqctl: Program = async process => {
  const [command, ...rest] = process.argv.slice(1).filter(word => !word.startsWith('-'))
  const { RABBITMQ_DEFAULT_USER: user = 'guest', RABBITMQ_DEFAULT_PASS: password = 'guest' } = process.env
  const session = await open(process, `amqp://${user}:${password}@localhost`)
  if (!session) return 69
  if (command === 'list_queues') {
    const reply = await session.ask({ do: 'list' })
    await process.write(1, 'Timeout: 60.0 seconds ...\nListing queues for vhost / ...\n')
    const queues = reply?.queues ?? []
    if (queues.length)
      await process.write(1, `name\tmessages\n${queues.map(([name, n]) => `${name}\t${n}\n`).join('')}`)
    return 0
  }
  if (command === 'status' || command === 'await_startup') {
    if (command === 'status')
      await process.write(1, `Status of node rabbit@${process.hostname} ...\nRuntime\n\nOS PID: 1\nOS: Linux\n`)
    return 0
  }
  await process.write(2, `rabbitmqctl: ${[command, ...rest].join(' ')} is not simulated\n`)
  return 126
}
