/** `socket`: TCP in the simulated network; calls wait in virtual time. */

import type { ConnectFailure, Connection, Listener } from '../../../network/network.ts'
import { startTls } from '../../../network/tls.ts'
import { lookupHost, resolveHost } from '../../commands/network/resolve.ts'
import { isErrno } from '../../errno.ts'
import { Buffer, Queue } from '../../processes/streams.ts'
import { functions, given, intOf, methods, numberOf } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { park } from '../machine/threads.ts'
import { fromBytes, toBytes } from '../objects/codecs.ts'
import { PyList, PyTuple } from '../objects/containers.ts'
import { errorClass, osError, raise, typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import { PyBytes, PyClass, PyFloat, PyObject, type Raised, type Steps, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { type Channel, fileObject } from './streams.ts'

const gaierror = new PyClass('gaierror', [errorClass('OSError')], new Map(), 'socket', true)
const socketClass = new PyClass('socket', [object], new Map<string, Value>([['__open__', true]]), 'socket', true)

interface Socket {
  udp: boolean
  /** Milliseconds; undefined where it waits for ever. */
  timeout: number | undefined
  bound: { ip: string; port: number } | undefined
  listener: Listener | undefined
  waiting: Connection[]
  arrived: Queue
  connection: Connection | undefined
  received: Buffer
  readable: Queue
  ended: boolean
  closed: boolean
}

const socketOf = (value: Value | undefined): Socket => {
  const socket = (value as PyObject).data as Socket
  if (socket.closed) throw osError('EBADF')
  return socket
}

/** What `makefile` takes; texts are UTF-8, and nothing is held back. */
const MAKEFILE = ['mode?', 'buffering?', 'encoding?', 'errors?', 'newline?']

function bind(machine: Machine, socket: Socket, address: Value | undefined): void {
  const [host, port] = addressOf(address)
  socket.bound = { ip: host && host !== '0.0.0.0' ? (resolveHost(machine.process, host).ips[0] ?? host) : '', port }
  listen(machine, socket)
}

function make(udp = false): PyObject {
  const made = new PyObject(socketClass)
  made.data = {
    udp,
    timeout: undefined,
    bound: undefined,
    listener: undefined,
    waiting: [],
    arrived: new Queue(),
    connection: undefined,
    received: new Buffer(),
    readable: new Queue(),
    ended: false,
    closed: false,
  } satisfies Socket
  return made
}

/** A connection's data comes into the socket. */
function attach(socket: Socket, connection: Connection): void {
  socket.connection = connection
  connection.onData(data => {
    socket.received.push(data)
    socket.readable.wake()
  })
  connection.onClose(() => {
    socket.ended = true
    socket.readable.wake()
  })
}

const LATE = Symbol('late')

/** Waits until something holds, or the socket's patience ends. */
function* until(machine: Machine, socket: Socket, queue: Queue, holds: () => boolean): Steps<void> {
  const { process } = machine
  const end = socket.timeout === undefined ? undefined : process.clock.now() + socket.timeout
  if (socket.timeout === 0 && !holds()) throw osError('EAGAIN')
  while (!holds()) {
    const late = yield* park<boolean>(machine, wake => {
      const stop = (): void => {
        process.clock.cancel(timer)
        forget()
      }
      const timer =
        end === undefined
          ? undefined
          : process.clock.after(Math.max(0, end - process.clock.now()), () => {
              stop()
              wake(true)
            })
      const forget = queue.wait(() => {
        process.clock.cancel(timer)
        wake(false)
      })
      return stop
    })
    if (late) throw raise('TimeoutError', 'timed out')
  }
}

function addressOf(address: Value | undefined): [string, number] {
  if (!(address instanceof PyTuple))
    throw typeError(`AF_INET address must be tuple, not ${typeOf(address ?? null).name}`)
  return [String(address.items[0]), intOf(address.items[1]!)]
}

function noSuchHost(silent: boolean): Raised {
  const error = raise(
    gaierror,
    silent ? -3 : -2,
    silent ? 'Temporary failure in name resolution' : 'Name or service not known',
  )
  error.exception.attrs!.set('filename', null)
  return error
}

function* lookUp(machine: Machine, host: string): Steps<string> {
  const found = yield* machine.wait(() => lookupHost(machine.process, host || '0.0.0.0'))
  if (!found.ips[0]) throw noSuchHost(!!found.silent)
  return found.ips[0]
}

function* connect(machine: Machine, socket: Socket, host: string, port: number): Steps<void> {
  const { process } = machine
  const ip = yield* lookUp(machine, host)
  const answer = yield* machine.wait(() =>
    process.block<{ connection: Connection } | { failure: ConnectFailure } | typeof LATE>(wake => {
      const timer = socket.timeout === undefined ? undefined : process.clock.after(socket.timeout, () => wake(LATE))
      const giveUp = process.net.connect(socket.udp ? 'UDP' : 'TCP', ip, port, result => {
        process.clock.cancel(timer)
        wake(result)
      })
      return () => {
        process.clock.cancel(timer)
        giveUp()
      }
    }),
  )
  if (answer === LATE) throw raise('TimeoutError', 'timed out')
  if ('failure' in answer) throw osError(answer.failure)
  attach(socket, answer.connection)
}

function listen(machine: Machine, socket: Socket): void {
  const { ip, port } = socket.bound ?? { ip: '', port: 0 }
  const at = port || 32_768 + machine.process.random.int(28_000)
  socket.bound = { ip, port: at }
  if (socket.listener) return
  try {
    socket.listener = machine.process.net.listen(
      'TCP',
      at,
      connection => {
        socket.waiting.push(connection)
        socket.arrived.wake()
      },
      ip && ip !== '0.0.0.0' ? ip : undefined,
    )
  } catch (error) {
    throw isErrno(error) ? osError(error.code) : osError((error as { code?: string }).code ?? 'EINVAL')
  }
}

function send(socket: Socket, value: Value | undefined): number {
  if (!(value instanceof PyBytes))
    throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
  if (!socket.connection) throw raise('OSError', 107, 'Transport endpoint is not connected')
  if (socket.ended) throw osError('EPIPE')
  socket.connection.send(fromBytes(value))
  return value.text.length
}

function* receive(machine: Machine, socket: Socket, most: number): Steps<string> {
  if (!socket.connection) throw raise('OSError', 107, 'Transport endpoint is not connected')
  yield* until(machine, socket, socket.readable, () => socket.received.length > 0 || socket.ended)
  return socket.received.take(most)
}

function close(self: Value | undefined): void {
  const socket = (self as PyObject).data as Socket
  if (socket.closed) return
  socket.closed = true
  socket.listener?.close()
  socket.connection?.close()
}

const pair = (end: { ip: string; port: number } | undefined): Value =>
  new PyTuple([end?.ip || '0.0.0.0', end?.port ?? 0])

methods(socketClass, {
  __new__: (_, [, family = 2, type = 1]) => {
    if (family !== 2) throw new NotSimulated('sockets that are not of AF_INET')
    if (type !== 1) throw new NotSimulated('sockets of datagrams')
    return make(false)
  },
  bind: (machine, [self, address]) => {
    bind(machine, socketOf(self), address)
    return null
  },
  listen: (machine, [self]) => {
    listen(machine, socketOf(self))
    return null
  },
  *accept(machine, [self]) {
    const socket = socketOf(self)
    yield* until(machine, socket, socket.arrived, () => socket.waiting.length > 0)
    const connection = socket.waiting.shift()!
    const made = make()
    attach(made.data as Socket, connection)
    return new PyTuple([made, pair(connection.remote)])
  },
  *connect(machine, [self, address]) {
    const [host, port] = addressOf(address)
    yield* connect(machine, socketOf(self), host, port)
    return null
  },
  *connect_ex(machine, [self, address]) {
    const [host, port] = addressOf(address)
    try {
      yield* connect(machine, socketOf(self), host, port)
      return 0
    } catch (error) {
      const { exception } = error as Raised
      return exception?.args[0] === 'timed out' ? 11 : (exception?.args[0] ?? 111)
    }
  },
  send: (_, [self, data]) => send(socketOf(self), data),
  sendall: (_, [self, data]) => {
    send(socketOf(self), data)
    return null
  },
  *recv(machine, [self, most]) {
    return toBytes(yield* receive(machine, socketOf(self), intOf(most!)))
  },
  close: (_, [self]) => {
    close(self)
    return null
  },
  shutdown: (_, [self, how]) => {
    // What has been sent is all; what comes is still read.
    if (Number(how) !== 0) socketOf(self).connection?.close()
    return null
  },
  settimeout: (_, [self, seconds]) => {
    socketOf(self).timeout = seconds === null ? undefined : numberOf(seconds!) * 1000
    return null
  },
  gettimeout: (_, [self]) => {
    const { timeout } = socketOf(self)
    return timeout === undefined ? null : new PyFloat(timeout / 1000)
  },
  setblocking: (_, [self, blocks]) => {
    socketOf(self).timeout = blocks === true || blocks === 1 ? undefined : 0
    return null
  },
  setsockopt: () => null,
  getsockname: (_, [self]) => pair(socketOf(self).connection?.local ?? socketOf(self).bound),
  getpeername: (_, [self]) => pair(socketOf(self).connection?.remote),
  makefile: (_, [self, ...args], keywords) => {
    const socket = socketOf(self)
    const [mode = 'r', , , , newline] = given('makefile', args, keywords, MAKEFILE)
    if (newline !== undefined && newline !== null && newline !== '\n')
      throw new NotSimulated('makefile() with another newline')
    const made: PyObject = fileObject({
      name: -1,
      mode: String(mode),
      binary: String(mode).includes('b'),
      unbuffered: true,
    })
    const channel = made.data as Channel
    channel.more = function* (machine) {
      const piece = yield* receive(machine, socket, 65_536)
      channel.content = channel.content.slice(channel.at) + piece
      channel.at = 0
      return piece !== ''
    }
    channel.pass = (_machine, text) => {
      if (socket.ended) throw osError('EPIPE')
      socket.connection?.send(text)
      return undefined
    }
    return made
  },
  /** Speaks TLS from here on; whether the certificate is to be believed is not asked. */
  *_start_tls(machine, [self, host]) {
    const socket = socketOf(self)
    const plain = socket.connection!
    const secured = yield* machine.wait(() =>
      machine.process.block<Connection | null>(wake => {
        startTls(plain, String(host), result =>
          wake(result && 'connection' in result ? (result.connection as Connection) : null),
        )
      }),
    )
    if (!secured) throw raise('OSError', 1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1028)')
    attach(socket, secured)
    return null
  },
  fileno: () => {
    throw new NotSimulated("a socket's descriptor")
  },
  __enter__: (_, [self]) => self!,
  __exit__: (_, [self]) => {
    close(self)
    return null
  },
})

export const socket = (machine: Machine): Record<string, Value> => ({
  socket: socketClass,
  gaierror,
  timeout: errorClass('TimeoutError'),
  error: errorClass('OSError'),
  herror: gaierror,
  AF_INET: 2,
  AF_INET6: 10,
  AF_UNIX: 1,
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOL_SOCKET: 1,
  SO_REUSEADDR: 2,
  SO_REUSEPORT: 15,
  SO_KEEPALIVE: 9,
  SHUT_RD: 0,
  SHUT_WR: 1,
  SHUT_RDWR: 2,
  IPPROTO_TCP: 6,
  TCP_NODELAY: 1,
  SOMAXCONN: 4096,
  INADDR_ANY: 0,
  ...functions({
    gethostname: () => machine.process.hostname,
    getfqdn: () => machine.process.hostname,
    *gethostbyname(m, [name]) {
      return yield* lookUp(m, String(name))
    },
    *getaddrinfo(m, [name, port = 0]) {
      const found = yield* m.wait(() => lookupHost(m.process, String(name)))
      if (!found.ips.length) throw noSuchHost(!!found.silent)
      return new PyList(found.ips.map(ip => new PyTuple([2, 1, 6, '', new PyTuple([ip, port ?? 0])])))
    },
    *gethostbyname_ex(m, [name]) {
      const found = yield* m.wait(() => lookupHost(m.process, String(name)))
      if (!found.ips.length) throw noSuchHost(!!found.silent)
      return new PyTuple([found.name, new PyList([]), new PyList([...found.ips])])
    },
    *create_connection(m, [address, timeout], keywords) {
      const made = make()
      const patience = timeout ?? keywords.get('timeout') ?? null
      if (patience !== null) (made.data as Socket).timeout = numberOf(patience) * 1000
      const [host, port] = addressOf(address)
      yield* connect(m, made.data as Socket, host, port)
      return made
    },
    create_server: (m, [address], keywords) => {
      // How many may wait, and whether others listen there too, makes no difference here.
      for (const name of keywords.keys())
        if (name !== 'backlog' && name !== 'reuse_port') throw new NotSimulated(`create_server(${name}=…)`)
      const made = make()
      bind(m, made.data as Socket, address)
      return made
    },
    inet_aton: (_, [ip]) =>
      new PyBytes(
        String(ip)
          .split('.')
          .map(part => String.fromCharCode(Number(part)))
          .join(''),
      ),
    inet_ntoa: (_, [bytes]) => Array.from((bytes as PyBytes).text, c => c.charCodeAt(0)).join('.'),
    setdefaulttimeout: () => {
      throw new NotSimulated('socket.setdefaulttimeout')
    },
  }),
})
