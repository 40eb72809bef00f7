/** nc: one connection, from or to whoever is at the other end, or to a program that is run for it. */
import type { Connection } from '../../../network/network.ts'
import { isErrno } from '../../errno.ts'
import type { Process, Stream } from '../../processes/process.ts'
import { release, retain } from '../../processes/streams.ts'
import { type Call, type Command, complain, invalidNumber, numberIn, options, WrongOption } from '../command.ts'
import { type ConnectionStream, connect, connectionStream, lookupFailure, type Opened } from './connect.ts'

/** What stands behind `-e` is a command with its own words, so that has to be the last flag; OpenBSD's knows none. */
function partedAtProgram(call: Call): { args: readonly string[]; program?: readonly string[] } {
  const { args, flavour } = call
  const at = flavour === 'busybox' ? args.findIndex(word => /^-[lkzvunt46]*e/.test(word)) : -1
  if (at < 0) return { args }
  const [before = '', inline = ''] = args[at]!.split(/e(.*)/s)
  const program = [...(inline ? [inline] : []), ...args.slice(at + 1)]
  if (!program.length) throw new WrongOption("option requires an argument -- 'e'")
  return { args: [...args.slice(0, at), ...(before === '-' ? [] : [before])], program }
}

/** The program takes nc's place, with the connection as its input and output. */
async function become(call: Call, stream: Stream, [name = '', ...args]: readonly string[]): Promise<number> {
  const { process } = call
  for (const fd of [0, 1]) {
    if (process.fds[fd]) release(process.fds[fd])
    process.fds[fd] = retain(stream)
  }
  try {
    return await process.exec([name, ...args])
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(call, `can't execute '${name}': ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
  }
}

export const nc: Command = async call => {
  const { args, program } = partedAtProgram(call)
  const flags = options({ ...call, args }, 'lp:w:zvuntks:q:N46')
  const { process } = call
  const protocol = flags.has('u') ? 'UDP' : 'TCP'
  const quit = flags.value('q')
  const whenInputEnds = {
    // A datagram has nobody to tell; OpenBSD's goes on unless it is asked to (-N).
    finishesSending: protocol === 'TCP' && (call.flavour === 'busybox' || flags.has('N')),
    ...(quit !== undefined && { hangsUpAfterMs: Number(quit) * 1000 }),
  }
  if (flags.has('l')) {
    const port = Number(flags.value('p') ?? flags.rest.at(-1))
    do {
      const stream = await process.block<ConnectionStream>((wake, refuse) => {
        try {
          const accept = (connection: Connection): void => {
            listener.close()
            wake(connectionStream(connection))
          }
          const anywhere = call.flavour === 'busybox' ? '::' : '0.0.0.0'
          const listener = process.net.listen(protocol, port, accept, anywhere)
          return () => listener.close()
        } catch (error) {
          refuse(error as Error)
          return undefined
        }
      })
      if (program && flags.has('k')) {
        process.on('CHLD', 'ignore')
        process.spawn({ argv: process.argv, program: child => become({ ...call, process: child }, stream, program) })
        continue
      }
      if (program) return become(call, stream, program)
      await relay(process, stream, whenInputEnds)
      stream.close()
    } while (flags.has('k'))
    return 0
  }
  const [host = '', port = ''] = flags.rest
  const busybox = call.flavour === 'busybox'
  numberIn(port, value => (busybox ? `bad port '${value}'` : `port number invalid: ${value}`))
  const wait = numberIn(flags.value('w'), busybox ? invalidNumber : value => `timeout invalid: ${value}`)
  const verbosity = flags.values('v').length
  const opened = await connect(process, host, Number(port), {
    protocol,
    ...(wait ? { timeoutMs: wait * 1000 } : {}),
  })
  const name = host === opened.ip ? host : `${host} (${opened.ip})`
  if ('failure' in opened) return tellFailure(call, opened, { host, name, port, protocol, verbosity })
  if (verbosity)
    await process.write(
      2,
      call.flavour === 'busybox'
        ? `${host} (${opened.ip}:${port}) open\n`
        : `Connection to ${name} ${port} port [${protocol.toLowerCase()}/${serviceName(process, port, protocol)}] succeeded!\n`,
    )
  if (program) return become(call, opened.stream, program)
  if (!flags.has('z')) await relay(process, opened.stream, whenInputEnds, wait ? wait * 1000 : undefined)
  opened.stream.close()
  return 0
}

/** What /etc/services calls a port. */
function serviceName(process: Process, port: string, protocol: string): string {
  const text = process.fs.exists('/etc/services') ? process.fs.readFile('/etc/services') : ''
  const row = text.split('\n').find(line => line.split(/\s+/)[1] === `${port}/${protocol.toLowerCase()}`)
  return row?.split(/\s+/)[0] ?? '*'
}

interface Attempt {
  host: string
  /** With its address, where it has been looked up. */
  name: string
  port: string
  protocol: 'TCP' | 'UDP'
  verbosity: number
}

/** Names without an address are told of; failed connections only to who wants to know, and by busybox a refusal only to who insists. */
async function tellFailure(
  call: Call,
  { failure, message, ip, resolving }: Extract<Opened, { failure: unknown }>,
  { host, name, port, protocol, verbosity }: Attempt,
): Promise<number> {
  const busybox = call.flavour === 'busybox'
  if (failure === 'ENOTFOUND')
    return complain(
      call,
      busybox ? `bad address '${host}'` : `getaddrinfo for host "${host}" port ${port}: ${lookupFailure(resolving)}`,
    )
  if (verbosity < (busybox && failure === 'ECONNREFUSED' ? 2 : 1)) return 1
  if (busybox) return complain(call, `${host} (${ip}:${port}): ${message}`)
  const what = failure === 'TIMEOUT' ? 'timed out: Operation now in progress' : `failed: ${message}`
  return complain(call, `connect to ${name} port ${port} (${protocol.toLowerCase()}) ${what}`)
}

interface InputEnd {
  /** The other side learns that nothing more comes, and may go on sending. */
  finishesSending: boolean
  hangsUpAfterMs?: number
}

/** Copies standard input to the connection, and what comes back to standard output. @param idleMs ends it when nothing comes */
async function relay(
  process: Process,
  stream: ConnectionStream,
  { finishesSending, hangsUpAfterMs }: InputEnd = { finishesSending: false },
  idleMs?: number,
): Promise<void> {
  const { clock } = process
  let timer = idleMs === undefined ? undefined : clock.after(idleMs, stream.hangUp)
  const busy = (): void => {
    if (idleMs === undefined) return
    clock.cancel(timer)
    timer = clock.after(idleMs, stream.hangUp)
  }
  const sender = process.spawn({
    argv: process.argv,
    program: async child => {
      for (let data = await child.read(0); data; data = await child.read(0)) {
        busy()
        await stream.write(child, data)
      }
      if (finishesSending) stream.close()
      if (hangsUpAfterMs === undefined) return
      await child.sleep(hangsUpAfterMs)
      stream.hangUp()
    },
  })
  for (let data = await stream.read(process); data; data = await stream.read(process)) {
    busy()
    await process.write(1, data)
  }
  clock.cancel(timer)
  process.kill(sender.pid, 'KILL')
  await process.wait(sender.pid)
}

export const telnet: Command = async call => {
  const [host = '', port = '23'] = call.args.filter(arg => !arg.startsWith('-'))
  const { process } = call
  const busybox = call.flavour === 'busybox'
  if (!host) return complain(call, 'a host is needed')
  const opened = await connect(process, host, Number(port))
  if ('failure' in opened) {
    if (opened.failure === 'ENOTFOUND') {
      if (busybox) return complain(call, `bad address '${host}'`)
      await process.write(1, `Server lookup failure:  ${host}:${port}, ${lookupFailure(opened.resolving)}\n`)
      return 1
    }
    if (!busybox) await process.write(1, `Trying ${opened.ip}...\n`)
    return complain(
      call,
      `${busybox ? `can't connect to remote host (${opened.ip})` : 'Unable to connect to remote host'}: ${opened.message}`,
    )
  }
  await process.write(
    1,
    busybox
      ? `Connected to ${host}\n\nEntering character mode\nEscape character is '^]'.\n\n`
      : `Trying ${opened.ip}...\nConnected to ${host}.\nEscape character is '^]'.\n`,
  )
  await relay(process, opened.stream)
  await process.write(busybox ? 1 : 2, `Connection closed by foreign host${busybox ? '' : '.'}\n`)
  opened.stream.close()
  return 1
}
