/**
 * Loaded into every Node process of a container before its own code. It stands in for what a container has and a plain
 * process has not: a network namespace (ports that are the Pod's), mounts (absolute paths that lead into the container's
 * folder), and being PID 1, on which signals without a handler are lost. It talks to the runtime over a socket in the
 * Pod's folder, and ends with it.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import type { PathMap } from './folder.node.ts'
import type { Answer, Message } from './ports.node.ts'

const { PODLAB_SOCKET: socketPath = '', PODLAB_PATHS = '{}', PODLAB_INIT } = process.env
delete process.env.PODLAB_INIT

const connectPlainly = net.Socket.prototype.connect

function dial(): net.Socket {
  const socket = new net.Socket()
  const port = /^\d+$/.test(socketPath) ? Number(socketPath) : undefined
  if (port === undefined) connectPlainly.call(socket, socketPath)
  else Reflect.apply(connectPlainly, socket, [{ port, host: '127.0.0.1' }])
  return socket
}

const say = (socket: net.Socket, message: Message): void => void socket.write(`${JSON.stringify(message)}\n`)

/** Whoever started this process is gone when the socket closes, however that came: nobody is left to stop it. */
function liveWithRuntime(): void {
  const line = dial()
  line.unref()
  line.on('error', () => line.destroy())
  line.on('close', () => process.kill(process.pid, 'SIGKILL'))
  say(line, { alive: process.pid })
}

/** The kernel drops signals that PID 1 does not handle; handlers of the program's own run beside these. */
function beFirst(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const) process.on(signal, () => {})
}

const claims = new WeakMap<net.Server, net.Socket>()

function listenError(code: string, host: string, port: number): Error {
  const words: Record<string, [number, string]> = {
    EADDRINUSE: [-98, 'address already in use'],
    EADDRNOTAVAIL: [-99, 'address not available'],
    EACCES: [-13, 'permission denied'],
  }
  const [errno, why] = words[code] ?? [-22, 'invalid argument']
  const error = new Error(`listen ${code}: ${why} ${host}:${port}`)
  return Object.assign(error, { code, errno, syscall: 'listen', address: host, port })
}

/** As `net.Server.listen` reads its arguments; undefined for what is no port (a path, a handle). */
function target(args: readonly unknown[]): { port: number; host: string | undefined; rest: object } | undefined {
  const [first, second] = args
  if (typeof first === 'object' && first !== null) {
    const { port, host, path, fd, ...rest } = first as { port?: number; host?: string; path?: string; fd?: number }
    if (path !== undefined || fd !== undefined || '_handle' in first || '_handle' in rest) return undefined
    return { port: Number(port ?? 0), host, rest }
  }
  if (first === undefined || first === null || typeof first === 'function')
    return { port: 0, host: undefined, rest: {} }
  const port = Number(first)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return undefined
  return { port, host: typeof second === 'string' ? second : undefined, rest: {} }
}

function listenInPod(): void {
  const { listen, close, address } = net.Server.prototype
  net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]): net.Server {
    const wanted = target(args)
    if (!wanted) return Reflect.apply(listen, this, args) as net.Server
    const host = wanted.host ?? '::'
    const callback = args.findLast(arg => typeof arg === 'function') as (() => void) | undefined
    if (callback) this.once('listening', callback)
    const claim = dial()
    claims.set(this, claim)
    claim.on('error', error => this.emit('error', error))
    claim.once('data', data => {
      const answer = JSON.parse(String(data)) as Answer
      if (!('port' in answer)) {
        claim.destroy()
        this.emit('error', listenError('error' in answer ? answer.error : 'EINVAL', host, wanted.port))
        return
      }
      claim.unref()
      this.prependOnceListener('listening', () => {
        say(claim, { at: (address.call(this) as net.AddressInfo).port })
        this.address = () => ({ address: host, family: net.isIPv4(host) ? 'IPv4' : 'IPv6', port: answer.port })
      })
      listen.call(this, { ...wanted.rest, port: 0, host: '127.0.0.1' })
    })
    say(claim, { listen: { port: wanted.port, host } })
    return this
  }
  net.Server.prototype.close = function (this: net.Server, callback?: (error?: Error) => void): net.Server {
    claims.get(this)?.destroy()
    return close.call(this, callback)
  }
}

/** As `net.Socket.connect` reads its arguments; undefined for a path. */
function destination(
  args: readonly unknown[],
): { options: net.TcpSocketConnectOpts; callback?: () => void } | undefined {
  const list = (Array.isArray(args[0]) ? args[0] : args) as unknown[]
  const [first, second] = list
  const callback = list.findLast(arg => typeof arg === 'function') as (() => void) | undefined
  if (typeof first === 'object' && first !== null) {
    const options = first as net.TcpSocketConnectOpts & { path?: string | null }
    return options.path ? undefined : { options, ...(callback && { callback }) }
  }
  const port = Number(first)
  if (!Number.isInteger(port)) return undefined
  return { options: { port, ...(typeof second === 'string' && { host: second }) }, ...(callback && { callback }) }
}

function connectInPod(): void {
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const wanted = destination(args)
    if (!wanted) return Reflect.apply(connectPlainly, this, args) as net.Socket
    const { options, callback } = wanted
    const port = Number(options.port)
    if (callback) this.once('connect', callback)
    // Until there is an answer, what is written waits as it does for any connection that is being made.
    Object.assign(this, { connecting: true })
    const question = dial()
    this.once('close', () => question.destroy())
    question.on('error', error => this.destroy(error))
    question.once('data', data => {
      question.destroy()
      if (this.destroyed) return
      const answer = JSON.parse(String(data)) as Answer
      if ('error' in answer) {
        const { error: code, address } = answer
        const error = new Error(`connect ${code} ${address}:${port}`)
        this.destroy(Object.assign(error, { code, syscall: 'connect', address, port }))
      } else if ('outside' in answer) {
        Reflect.apply(connectPlainly, this, [options])
      } else {
        // Where it was meant to come from and how its name is found means nothing on the way there.
        const own = { lookup: undefined, localAddress: undefined, localPort: undefined, family: undefined }
        Reflect.apply(connectPlainly, this, [{ ...options, ...own, host: '127.0.0.1', port: answer.port }])
      }
    })
    say(question, { connect: { host: options.host ?? 'localhost', port } })
    return this
  }
}

type Call = (...args: unknown[]) => unknown

/** Calls of `fs` by how many of their arguments are paths, and whether they change something. */
const READS =
  'access copyFile createReadStream exists lstat opendir readFile readdir readlink realpath stat statfs unwatchFile watch watchFile'
const WRITES =
  'appendFile chmod chown createWriteStream lchown lutimes mkdir mkdtemp rename rm rmdir symlink truncate unlink utimes writeFile'
const OPENS = 'open openAsBlob'
/** Those with two paths: the second one is written to (of a symlink, only it is a path of ours to lead). */
const TWO = new Set(['copyFile', 'rename', 'link', 'symlink', 'cp'])

function leadPaths({ root, inside = [], readOnly = [] }: Partial<PathMap>): void {
  if (!root || !inside.length) return
  const under = (path: string, prefixes: readonly string[]): boolean =>
    prefixes.some(prefix => path === prefix || path.startsWith(`${prefix}/`))
  const textOf = (path: unknown): string | undefined =>
    typeof path === 'string' && path.startsWith('/')
      ? resolve(path)
      : path instanceof URL && path.protocol === 'file:'
        ? fileURLToPath(path)
        : undefined
  const lead = (path: unknown): unknown => {
    const text = textOf(path)
    return text !== undefined && under(text, inside) ? root + text : path
  }
  /** A path as it is in the container: a program may be in its folder already. */
  const guard = (path: unknown, call: string): void => {
    const text = typeof path === 'string' ? resolve(path) : textOf(path)
    if (text === undefined) return
    const own = text.startsWith(`${root}/`) ? text.slice(root.length) : text
    if (!under(own, readOnly)) return
    const error = new Error(`EROFS: read-only file system, ${call} '${own}'`)
    throw Object.assign(error, { code: 'EROFS', errno: -30, syscall: call, path: own })
  }
  const writes = (kind: 'read' | 'write' | 'open', flags: unknown): boolean =>
    kind === 'write' ||
    (kind === 'open' &&
      (typeof flags === 'string' ? /[wa+]/.test(flags) : typeof flags === 'number' && (flags & 3) > 0))
  const wrap = (owner: Record<string, unknown>, name: string, call: string, kind: 'read' | 'write' | 'open'): void => {
    const original = owner[name]
    if (typeof original !== 'function') return
    const led: Call = function (this: unknown, ...args) {
      const refuse = (): void => {
        if (writes(kind, args[1])) guard(args[call === 'symlink' ? 1 : 0], call)
        if (TWO.has(call)) guard(args[1], call)
      }
      const callback = args.at(-1)
      try {
        refuse()
      } catch (error) {
        if (owner !== fs.promises && !name.endsWith('Sync') && typeof callback === 'function')
          return void process.nextTick(callback, error)
        if (owner === fs.promises) return Promise.reject(error)
        throw error
      }
      if (call !== 'symlink') args[0] = lead(args[0])
      if (TWO.has(call)) args[1] = lead(args[1])
      return Reflect.apply(original, this, args)
    }
    owner[name] = Object.assign(led, original)
  }
  const owners = [fs, fs.promises] as Record<string, unknown>[]
  const tables = [
    [READS, 'read'],
    [`${WRITES} link cp`, 'write'],
    [OPENS, 'open'],
  ] as const
  for (const owner of owners)
    for (const [names, kind] of tables)
      for (const name of names.split(' ')) {
        // A copy and a link only read what their first path names.
        const how = name === 'cp' || name === 'link' ? 'read' : kind
        wrap(owner, name, name, how)
        if (owner === owners[0]) wrap(owner, `${name}Sync`, name, how)
      }
  syncBuiltinESMExports()
}

if (socketPath) {
  if (isMainThread) liveWithRuntime()
  if (PODLAB_INIT && isMainThread) beFirst()
  listenInPod()
  connectInPod()
  leadPaths(JSON.parse(PODLAB_PATHS) as Partial<PathMap>)
}
