/** A client's conversation with redis-server: passwords, commands, transactions, and waiting for what is not there yet. */
import type { Connection } from '../../../../network/network.ts'
import { waits } from './blocking.ts'
import type { Client, Server } from './connected.ts'
import { wrongNumber } from './keyspace.ts'
import { gate, NOT_AUTHENTICATED } from './passwords.ts'
import { encode, error, nothing, ok, type Reply, status, takeCommand } from './protocol.ts'
import { COMMANDS, UNSIMULATED } from './server-commands.ts'

/** Serves a connection, from its first command to its end. */
export function converse(server: Server, connection: Connection): void {
  let buffer = ''
  const { isOpen, auth } = gate(server)
  const client: Client = { connection, goOn: () => goOn() }
  server.clients.add(client)
  const reply = (words: readonly string[]): Reply | undefined => {
    if (/^auth$/i.test(words[0] ?? '')) return auth(words.slice(1))
    return isOpen() ? answer(server, words, client) : NOT_AUTHENTICATED
  }
  const goOn = (): void => {
    for (let next = takeCommand(buffer); next && !client.blocked; next = takeCommand(buffer)) {
      buffer = next.rest
      if (!next.words.length) continue
      if (/^quit$/i.test(next.words[0]!)) {
        connection.send(encode(ok))
        connection.close()
        return
      }
      server.clients.said(connection, next.words)
      const said = reply(next.words)
      if (said) connection.send(encode(said))
    }
  }
  connection.onData(data => {
    buffer += data
    goOn()
  })
  connection.onClose(() => {
    server.clients.lose(connection)
    server.followers.lose(connection)
    server.channels.lose(connection)
    server.waiters.lose(connection)
    forgetWatched(server, client)
    connection.close()
  })
}

/** Whether a transaction could take a command: what is wrong with it otherwise. */
function unfit({ database }: Server, name: string, args: readonly string[]): Reply | undefined {
  const command = name.toUpperCase()
  if (COMMANDS[command] || database.knows(command) || waits(command, args)) return undefined
  if (UNSIMULATED.has(command)) return error(`ERR ${command} is not simulated`)
  return error(`ERR unknown command '${name}', with args beginning with: ${args.map(w => `'${w}' `).join('')}`)
}

/** One command on what is kept, as replicas hear of it. @param owner whose connection it is */
export function write(server: Server, words: readonly string[], owner: object): Reply {
  const [name = '', ...args] = words
  const { database, replica, config, followers, major } = server
  const command = name.toUpperCase()
  const writes = database.writes(command)
  const index = server.selected.get(owner) ?? 0
  if (writes && replica.master && config.get('replica-read-only') === 'yes')
    return error(`READONLY You can't write against a read only ${major < 5 ? 'slave' : 'replica'}.`)
  const reply = database.run(command, args, index)!
  // Who has waited for nothing has changed nothing.
  if (writes && reply.kind !== 'error' && reply.kind !== 'nothing') {
    const told = database.kept(words, reply)
    followers.feed(told, index)
    server.persistence.wrote(told, index)
    for (const { watched } of server.watchers)
      for (const one of watched?.values() ?? []) if (one.index === index && one.key === args[0]) one.touched = true
  }
  return reply
}

/** WATCH and UNWATCH: a transaction comes to nothing when somebody has changed what it watched. */
function watch(server: Server, command: string, keys: readonly string[], client: Client): Reply {
  if (command === 'UNWATCH') {
    forgetWatched(server, client)
    return ok
  }
  if (client.queue) return error('ERR WATCH inside MULTI is not allowed')
  if (!keys.length) return wrongNumber('watch')
  const index = server.selected.get(client.connection) ?? 0
  client.watched ??= new Map()
  server.watchers.add(client)
  for (const key of keys) {
    const name = `${index} ${key}`
    if (!client.watched.has(name))
      client.watched.set(name, { key, index, print: server.database.print(key, index), touched: false })
  }
  return ok
}

/** @returns whether what was watched is still as it was */
function forgetWatched({ watchers, database }: Server, client: Client): boolean {
  const { watched } = client
  delete client.watched
  watchers.delete(client)
  return [...(watched?.values() ?? [])].every(
    ({ key, index, print, touched }) => !touched && database.print(key, index) === print,
  )
}

/** @returns nothing where the answer comes later */
function answer(server: Server, words: readonly string[], client: Client): Reply | undefined {
  const [name = '', ...args] = words
  const command = name.toUpperCase()
  const { connection } = client
  if (server.channels.listens(connection) && !OF_LISTENERS.has(command))
    return error(
      `ERR Can't execute '${name.toLowerCase()}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    )
  if (/^P?(UN)?SUBSCRIBE$/.test(command)) {
    if (!args.length && !command.includes('UN')) return wrongNumber(command.toLowerCase())
    server.channels.change(connection, command, args)
    server.clients.done(connection, words, undefined)
    return undefined
  }
  if (/^(MULTI|EXEC|DISCARD)$/.test(command)) return shown(server, words, client, transaction(server, command, client))
  if (/^(UN)?WATCH$/.test(command)) return shown(server, words, client, watch(server, command, args, client))
  const wrong = unfit(server, name, args)
  if (client.queue) {
    client.spoilt ||= wrong !== undefined
    if (!wrong) client.queue.push(words)
    return wrong ?? status('QUEUED')
  }
  if (wrong) return wrong
  const reply = waits(command, args)
    ? shown(server, words, client, wait(server, command, args, client))
    : execute(server, words, client)
  server.waiters.serve()
  return reply
}

/** What may be said by who listens. */
const OF_LISTENERS = new Set('SUBSCRIBE UNSUBSCRIBE PSUBSCRIBE PUNSUBSCRIBE PING'.split(' '))

/** Tells monitors of a command that has been done. */
function shown<T extends Reply | undefined>(
  server: Server,
  words: readonly string[],
  { connection }: Client,
  reply: T,
): T {
  server.clients.done(connection, words, reply)
  return reply
}

function execute(server: Server, words: readonly string[], client: Client): Reply | undefined {
  const [name = '', ...args] = words
  const { connection } = client
  const own = COMMANDS[name.toUpperCase()]
  return shown(server, words, client, own ? own(server, args, connection) : write(server, words, connection))
}

function wait({ waiters }: Server, command: string, args: readonly string[], client: Client): Reply | undefined {
  const { connection } = client
  const now = waiters.begin(connection, command, args, reply => {
    client.blocked = false
    connection.send(encode(reply))
    client.goOn()
  })
  client.blocked = !now
  return now
}

function transaction(server: Server, command: string, client: Client): Reply {
  const { queue, spoilt } = client
  if (command === 'MULTI') {
    if (queue) return error('ERR MULTI calls can not be nested')
    client.queue = []
    client.spoilt = false
    return ok
  }
  if (!queue) return error(`ERR ${command} without MULTI`)
  client.queue = undefined
  const asItWas = forgetWatched(server, client)
  if (command === 'DISCARD') return ok
  if (spoilt) return error('EXECABORT Transaction discarded because of previous errors.')
  if (!asItWas) return nothing
  const items = queue.map(words => {
    const [name = '', ...args] = words
    // Within a transaction nobody waits.
    if (waits(name.toUpperCase(), args))
      return server.waiters.begin(client.connection, name.toUpperCase(), args, () => {}) ?? nothing
    return execute(server, words, client) ?? ok
  })
  server.waiters.lose(client.connection)
  server.waiters.serve()
  return { kind: 'array', items }
}
