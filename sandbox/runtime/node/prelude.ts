/**
 * What a program finds in the simulated Node: its globals and built-in modules, as far as they go, in JavaScript of its own
 * engine over the host's one function. A module that is not here is refused by name.
 */

const TIMERS = ['Interval', 'Timeout', 'Immediate']

/** Name → what it exports by name, beside `default`. */
export const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  events: ['EventEmitter', 'once'],
  fs: [
    ...['readFileSync', 'writeFileSync', 'appendFileSync', 'existsSync', 'readdirSync', 'mkdirSync', 'rmSync'],
    ...['unlinkSync', 'renameSync', 'statSync', 'promises'],
  ],
  'fs/promises': ['readFile', 'writeFile', 'appendFile', 'readdir', 'mkdir', 'rm', 'unlink', 'rename', 'stat'],
  http: ['createServer', 'request', 'get', 'STATUS_CODES', 'Server'],
  https: ['createServer', 'request', 'get'],
  os: ['hostname', 'EOL', 'platform'],
  path: ['join', 'resolve', 'dirname', 'basename', 'extname', 'sep', 'posix'],
  process: ['env', 'argv', 'exit', 'on', 'once', 'cwd', 'pid', 'stdout', 'stderr', 'uptime', 'memoryUsage', 'nextTick'],
  timers: TIMERS.flatMap(name => [`set${name}`, `clear${name}`]),
  'timers/promises': TIMERS.slice(1).map(name => `set${name}`),
  url: ['URL', 'URLSearchParams', 'fileURLToPath'],
  util: ['inspect', 'format', 'promisify'],
}

/** Evaluates to the function that takes events. */
export const PRELUDE = String.raw`(() => {
const ask = (name, ...args) => {
  const answer = JSON.parse(hostCall(name, JSON.stringify(args)))
  if (answer && answer.$error) throw Object.assign(new Error(answer.$error.message), answer.$error)
  return answer
}
const hostCall = globalThis.host
delete globalThis.host
const say = (fd, text) => ask('write', fd, text)

// --- Looking at values, as util.inspect does for what is small
const word = key => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key))
const quote = text => (text.includes("'") ? JSON.stringify(text) : "'" + text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n') + "'")
function inspect(value, depth = 0, seen = []) {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'bigint') return value + 'n'
  if (typeof value === 'function') return value.name ? '[Function: ' + value.name + ']' : '[Function (anonymous)]'
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (seen.includes(value)) return '[Circular *1]'
  if (value instanceof Error) return traceOf(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Buffer) return '<Buffer>'
  const list = Array.isArray(value)
  const all = [...seen, value]
  const entries =
    value instanceof Map ? [...value].map(([k, v]) => inspect(k, depth + 1, all) + ' => ' + inspect(v, depth + 1, all))
    : value instanceof Set ? [...value].map(v => inspect(v, depth + 1, all))
    : list ? value.map(v => inspect(v, depth + 1, all))
    : Object.keys(value).map(k => word(k) + ': ' + inspect(value[k], depth + 1, all))
  const kind = value.constructor?.name ?? ''
  const name = value instanceof Map || value instanceof Set ? kind + '(' + value.size + ') ' : list || kind === 'Object' || !kind ? '' : kind + ' '
  const [open, close] = list ? ['[', ']'] : ['{', '}']
  if (depth > 2 && entries.length) return list ? '[Array]' : '[' + (kind || 'Object') + ']'
  if (!entries.length) return name + open + close
  const line = entries.join(', ')
  const pad = '  '.repeat(depth + 1)
  return name + (line.length <= 72 && !line.includes('\n') ? open + ' ' + line + ' ' + close : open + '\n' + pad + entries.join(',\n' + pad) + '\n' + '  '.repeat(depth) + close)
}
const traceOf = error => {
  const name = (error.name ?? 'Error') + (/^ERR_/.test(error.code) ? ' [' + error.code + ']' : '')
  const told = name + (error.message ? ': ' + error.message : '')
  const head = told === 'InternalError: stack overflow' ? 'RangeError: Maximum call stack size exceeded' : told
  const stack = String(error.stack ?? '').trimEnd().split('\n').slice(0, 10).join('\n')
  return stack ? head + '\n' + stack : head
}
const format = (first, ...rest) => {
  if (typeof first !== 'string') return [first, ...rest].map(v => (typeof v === 'string' ? v : inspect(v))).join(' ')
  const text = first.replace(/%[sdijoO%]/g, mark => {
    if (mark === '%%') return '%'
    if (!rest.length) return mark
    const value = rest.shift()
    return mark === '%d' || mark === '%i' ? String(Number(value)) : mark === '%j' ? JSON.stringify(value) : mark === '%s' && typeof value !== 'object' ? String(value) : inspect(value)
  })
  return [text, ...rest.map(v => (typeof v === 'string' ? v : inspect(v)))].join(' ')
}
const printer = fd => (...words) => void say(fd, format(...words) + '\n')
globalThis.console = { log: printer(1), info: printer(1), debug: printer(1), error: printer(2), warn: printer(2) }

// --- Events
class EventEmitter {
  #handlers = new Map()
  on(name, handler) { (this.#handlers.get(name) ?? this.#handlers.set(name, []).get(name)).push(handler); return this }
  addListener(name, handler) { return this.on(name, handler) }
  once(name, handler) { const run = (...args) => { this.off(name, run); handler.apply(this, args) }; run.inner = handler; return this.on(name, run) }
  off(name, handler) { this.#handlers.set(name, (this.#handlers.get(name) ?? []).filter(h => h !== handler && h.inner !== handler)); return this }
  removeListener(name, handler) { return this.off(name, handler) }
  removeAllListeners(name) { name === undefined ? this.#handlers.clear() : this.#handlers.delete(name); return this }
  listenerCount(name) { return this.#handlers.get(name)?.length ?? 0 }
  emit(name, ...args) {
    const handlers = [...(this.#handlers.get(name) ?? [])]
    if (!handlers.length && name === 'error') throw args[0] instanceof Error ? args[0] : new Error('Unhandled error. (' + inspect(args[0]) + ')')
    for (const handler of handlers) handler.apply(this, args)
    return handlers.length > 0
  }
}
EventEmitter.EventEmitter = EventEmitter
const once = (emitter, name) => new Promise((resolve, reject) => { emitter.once(name, (...args) => resolve(args)); if (name !== 'error') emitter.once('error', reject) })

// --- Time and chance
const waiting = new Map()
let count = 0
class Timeout {
  constructor(id) { this.id = id }
  ref() { ask('ref', this.id, true); return this }
  unref() { ask('ref', this.id, false); return this }
  hasRef() { return true }
  [Symbol.toPrimitive]() { return this.id }
}
const timer = repeat => (work, ms = 0, ...args) => {
  if (typeof work !== 'function') throw Object.assign(new TypeError('The "callback" argument must be of type function. Received ' + inspect(work)), { code: 'ERR_INVALID_ARG_TYPE' })
  const id = ++count
  const wait = Math.max(1, Number(ms) || 1)
  waiting.set(id, () => { if (repeat) ask('timer', id, wait); else waiting.delete(id); work(...args) })
  ask('timer', id, wait)
  return new Timeout(id)
}
const clear = t => { const id = Number(t?.id ?? t); if (waiting.delete(id)) ask('cancel', id) }
const setImmediate = (work, ...args) => { const id = ++count; waiting.set(id, () => { waiting.delete(id); work(...args) }); ask('timer', id, 0); return new Timeout(id) }
const wait = timer(false)
const timers = { setImmediate }
for (const name of ['Interval', 'Timeout', 'Immediate']) { timers['set' + name] ??= timer(name === 'Interval'); timers['clear' + name] = clear }
Object.assign(globalThis, timers)
globalThis.queueMicrotask = work => void Promise.resolve().then(work)
const RealDate = Date
globalThis.Date = class Date extends RealDate {
  constructor(...args) { args.length ? super(...args) : super(ask('now')) }
  static now() { return ask('now') }
}
const now = () => ask('now')
const began = now()
globalThis.performance = { now: () => now() - began }
Object.assign(Math, { random: () => ask('random') })

// --- Text as bytes
class Buffer {
  #text
  constructor(text) { this.#text = text }
  toString(encoding) { return encoding === 'base64' ? ask('base64', this.#text, true) : this.#text }
  toJSON() { return this.#text }
  get length() { return ask('bytes', this.#text) }
  static from(text, encoding) { return new Buffer(encoding === 'base64' ? ask('base64', String(text), false) : String(text)) }
  static concat(list) { return new Buffer(list.join('')) }
  static byteLength(text) { return ask('bytes', String(text)) }
  static isBuffer(value) { return value instanceof Buffer }
}
globalThis.Buffer = Buffer
globalThis.btoa = text => Buffer.from(text).toString('base64')
globalThis.atob = text => Buffer.from(text, 'base64').toString()
globalThis.structuredClone = value => JSON.parse(JSON.stringify(value))

// --- Addresses
class URLSearchParams {
  #pairs
  constructor(init = '') {
    this.#pairs = typeof init === 'string'
      ? init.replace(/^\?/, '').split('&').filter(Boolean).map(pair => { const [k, ...v] = pair.split('='); return [k, v.join('=')].map(w => decodeURIComponent(w.replace(/\+/g, ' '))) })
      : Object.entries(init).map(([k, v]) => [k, String(v)])
  }
  get(name) { return this.#pairs.find(([k]) => k === name)?.[1] ?? null }
  has(name) { return this.#pairs.some(([k]) => k === name) }
  set(name, value) { this.delete(name); this.#pairs.push([name, String(value)]) }
  append(name, value) { this.#pairs.push([name, String(value)]) }
  delete(name) { this.#pairs = this.#pairs.filter(([k]) => k !== name) }
  [Symbol.iterator]() { return this.#pairs[Symbol.iterator]() }
  toString() { return this.#pairs.map(pair => pair.map(encodeURIComponent).join('=')).join('&') }
}
class URL {
  constructor(text, base) {
    const whole = /^(\w+:)\/\/([^/?#:]*)(:\d+)?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(/^\w+:\/\//.test(text) || base === undefined ? String(text) : new URL(base).origin + (String(text).startsWith('/') ? '' : '/') + text)
    if (!whole) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: String(text) })
    const [, protocol, hostname, port = '', pathname, search = '', hash = ''] = whole
    const usual = { 'http:': ':80', 'https:': ':443' }[protocol]
    Object.assign(this, { protocol, hostname, port: port === usual ? '' : port.slice(1), pathname: pathname || '/', hash })
    this.searchParams = new URLSearchParams(search)
  }
  get search() { const text = String(this.searchParams); return text && '?' + text }
  get host() { return this.hostname + (this.port && ':' + this.port) }
  get origin() { return this.protocol + '//' + this.host }
  get href() { return this.origin + this.pathname + this.search + this.hash }
  toString() { return this.href }
}
Object.assign(globalThis, { URL, URLSearchParams })

// --- Files
const readFileSync = (path, options) => { const text = ask('readFile', String(path)); return (typeof options === 'string' ? options : options?.encoding) ? text : new Buffer(text) }
const fs = {
  readFileSync,
  writeFileSync: (path, data) => void ask('writeFile', String(path), String(data), false),
  appendFileSync: (path, data) => void ask('writeFile', String(path), String(data), true),
  existsSync: path => ask('exists', String(path)),
  readdirSync: path => ask('readdir', String(path)),
  mkdirSync: (path, options) => void ask('mkdir', String(path), Boolean(options?.recursive)),
  rmSync: (path, options) => { if (options?.force && !ask('exists', String(path))) return; ask('rm', String(path), Boolean(options?.recursive)) },
  unlinkSync: path => void ask('rm', String(path), false),
  renameSync: (from, to) => void ask('rename', String(from), String(to)),
  statSync: path => { const { type, size, mtime } = ask('stat', String(path)); return { size, mtimeMs: mtime, mtime: new Date(mtime), isFile: () => type === 'file', isDirectory: () => type === 'directory' } },
}
const promises = Object.fromEntries(Object.entries(fs).filter(([name]) => name !== 'existsSync').map(([name, call]) => [name.replace('Sync', ''), async (...args) => call(...args)]))
fs.promises = promises

// --- The process
const facts = ask('facts')
let exiting = false
const process = Object.assign(new EventEmitter(), {
  argv: facts.argv, env: facts.env, pid: facts.pid, ppid: facts.ppid, platform: 'linux', arch: 'x64', title: 'node',
  version: facts.version, versions: { node: facts.version.slice(1) }, exitCode: undefined,
  cwd: () => ask('cwd'),
  exit(code = process.exitCode ?? 0) {
    process.exitCode = Number(code)
    if (!exiting) { exiting = true; process.emit('exit', process.exitCode) }
    ask('exit', process.exitCode)
    // Whoever has exited is stopped at the next look.
    for (;;);
  },
  uptime: () => (now() - began) / 1000,
  memoryUsage: Object.assign(() => ask('memory'), { rss: () => ask('memory').rss }),
  nextTick: (work, ...args) => void Promise.resolve().then(() => work(...args)),
  kill: (pid, signal = 'SIGTERM') => void ask('kill', pid, signal),
  hrtime: Object.assign(() => { const at = now(); return [Math.floor(at / 1000), (at % 1000) * 1e6] }, { bigint: () => BigInt(now()) * 1000000n }),
  stdout: { write: text => { say(1, String(text)); return true }, isTTY: facts.tty },
  stderr: { write: text => { say(2, String(text)); return true }, isTTY: facts.tty },
})
const listenTo = process.on
process.on = process.addListener = (name, handler) => { if (/^SIG/.test(name)) ask('signal', name); return listenTo.call(process, name, handler) }
globalThis.process = process
globalThis.global = globalThis

// --- HTTP
const STATUS_CODES = facts.statusCodes
class Incoming extends EventEmitter {
  constructor(facts, body) {
    super()
    Object.assign(this, facts)
    this.body_ = body
    if (body !== undefined) Promise.resolve().then(() => { if (body) this.emit('data', new Buffer(body)); this.emit('end'); this.emit('close') })
  }
  setEncoding() { return this }
  resume() { return this }
  async *[Symbol.asyncIterator]() {
    if (this.body_ !== undefined) { if (this.body_) yield new Buffer(this.body_); return }
    const chunks = []
    let wake = () => {}, over = false
    this.on('data', c => { chunks.push(c); wake() }); this.on('end', () => { over = true; wake() })
    for (;;) { if (chunks.length) yield chunks.shift(); else if (over) return; else await new Promise(done => { wake = done }) }
  }
}
const tooLate = () => Object.assign(new Error('Cannot set headers after they are sent to the client'), { code: 'ERR_HTTP_HEADERS_SENT' })
class ServerResponse extends EventEmitter {
  statusCode = 200
  headersSent = false
  writableEnded = false
  #headers = {}
  #body = ''
  constructor(id, ended) { super(); this.id_ = id; this.ended_ = ended }
  setHeader(name, value) { if (this.headersSent) throw tooLate(); this.#headers[name] = String(value); return this }
  getHeader(name) { return Object.entries(this.#headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] }
  removeHeader(name) { for (const key of Object.keys(this.#headers)) if (key.toLowerCase() === name.toLowerCase()) delete this.#headers[key] }
  writeHead(status, ...rest) {
    if (this.headersSent) throw tooLate()
    this.statusCode = status
    for (const [name, value] of Object.entries(rest.at(-1) ?? {})) if (typeof rest.at(-1) === 'object') this.setHeader(name, value)
    this.headersSent = true
    return this
  }
  write(text) { this.headersSent = true; this.#body += text; return true }
  end(text, done) {
    if (this.writableEnded) return this
    if (text !== undefined && typeof text !== 'function') this.#body += text
    this.headersSent = this.writableEnded = true
    ask('respond', this.id_, { status: this.statusCode, headers: this.#headers, body: this.#body })
    this.ended_()
    Promise.resolve().then(() => { this.emit('finish'); this.emit('close'); (typeof text === 'function' ? text : done)?.() })
    return this
  }
}
const servers = new Map()
class Server extends EventEmitter {
  listening = false
  #id
  #busy = 0
  #closing
  constructor(handler) { super(); if (handler) this.on('request', handler) }
  listen(...args) {
    const callback = args.find(arg => typeof arg === 'function')
    const first = args[0]
    const { port = 0, host } = typeof first === 'object' && first ? first : { port: Number(first) || 0, host: typeof args[1] === 'string' ? args[1] : undefined }
    if (callback) this.once('listening', callback)
    const id = ++count
    const answer = ask('listen', id, Number(port), host ?? '::', this.certificate_)
    Promise.resolve().then(() => {
      if (answer.error) return later(() => this.emit('error', Object.assign(new Error(answer.error.message), answer.error)))
      later(() => this.emit('listening'))
    })
    if (answer.error) return this
    this.#id = id
    this.listening = true
    this.address_ = { address: host ?? '::', family: host && /^[\d.]+$/.test(host) ? 'IPv4' : 'IPv6', port: answer.port }
    servers.set(id, this)
    return this
  }
  address() { return this.listening ? this.address_ : null }
  request_(id, request) {
    this.#busy++
    const response = new ServerResponse(id, () => { this.#busy--; this.#finish() })
    const { body, ...facts } = request
    const incoming = new Incoming(facts, body)
    incoming.socket = incoming.connection = { remoteAddress: facts.remoteAddress, remotePort: facts.remotePort }
    this.emit('request', incoming, response)
  }
  #finish() { if (this.#closing && !this.#busy) { const done = this.#closing; this.#closing = undefined; later(() => { this.emit('close'); for (const work of done) work() }) } }
  close(callback) {
    if (!this.listening) { if (callback) later(() => callback(Object.assign(new Error('Server is not running.'), { code: 'ERR_SERVER_NOT_RUNNING' }))); return this }
    this.listening = false
    servers.delete(this.#id)
    ask('close', this.#id)
    this.#closing = callback ? [callback] : []
    this.#finish()
    return this
  }
  closeIdleConnections() {}
  closeAllConnections() {}
  ['set' + 'Timeout']() { return this }
  ref() { return this }
  unref() { return this }
}
const later = work => void setImmediate(work)
const requests = new Map()
class ClientRequest extends EventEmitter {
  #options
  #body = ''
  constructor(options) { super(); this.#options = options }
  setHeader(name, value) { this.#options.headers = { ...this.#options.headers, [name]: String(value) } }
  write(text) { this.#body += text; return true }
  end(text) {
    if (text !== undefined && typeof text !== 'function') this.#body += text
    this.id_ = ++count
    requests.set(this.id_, this)
    ask('request', this.id_, { ...this.#options, body: this.#body })
    return this
  }
  destroy(error) { if (requests.delete(this.id_)) { ask('abort', this.id_); if (error) later(() => this.emit('error', error)) } return this }
  abort() { return this.destroy() }
  happened_(what, data) {
    if (what === 'head') { this.incoming_ = new Incoming(data); this.emit('response', this.incoming_) }
    else if (what === 'data') this.incoming_.emit('data', new Buffer(data))
    else { requests.delete(this.id_); if (what === 'end') { this.incoming_.emit('end'); this.incoming_.emit('close') } else if (this.incoming_) this.incoming_.emit('error', Object.assign(new Error(data.message), data)); else this.emit('error', Object.assign(new Error(data.message), data)) }
  }
}
const request = (first, ...rest) => {
  const options = rest.find(arg => typeof arg === 'object') ?? {}
  const callback = rest.find(arg => typeof arg === 'function')
  const url = typeof first === 'string' || first instanceof URL ? new URL(String(first)) : undefined
  const from = url ? { hostname: url.hostname, port: url.port, path: url.pathname + url.search, secure: url.protocol === 'https:', ...options } : { ...first, ...options }
  const { method = 'GET', hostname = from.host ?? 'localhost', port, path = '/', headers = {}, secure = from.protocol === 'https:' } = from
  const made = new ClientRequest({ method, hostname, port: Number(port) || (secure ? 443 : 80), path, headers, secure })
  if (callback) made.once('response', callback)
  return made
}
const http = { createServer: (...args) => new Server(args.find(a => typeof a === 'function')), request, get: (...args) => request(...args).end(), STATUS_CODES, Server }

const https = {
  createServer: (options, handler) => {
    const server = new Server(typeof options === 'function' ? options : handler)
    server.certificate_ = ask('certificate', String(options?.cert ?? ''), options?.key !== undefined)
    return server
  },
  request: (first, ...rest) => (typeof first === 'object' && !(first instanceof URL) ? request({ ...first, secure: true }, ...rest) : request(first, ...rest)),
  get: (...args) => https.request(...args).end(),
}

class Headers {
  constructor(init = {}) { this.map_ = new Map(Object.entries(init).map(([k, v]) => [k.toLowerCase(), v])) }
  get(name) { return this.map_.get(name.toLowerCase()) ?? null }
  has(name) { return this.map_.has(name.toLowerCase()) }
  [Symbol.iterator]() { return this.map_[Symbol.iterator]() }
}
globalThis.Headers = Headers
globalThis.fetch = (address, { method = 'GET', headers = {}, body, signal } = {}) => new Promise((resolve, reject) => {
  const asked = request(String(address), { method, headers: headers instanceof Headers ? Object.fromEntries(headers) : headers })
  asked.on('error', cause => reject(Object.assign(new TypeError('fetch failed'), { cause })))
  signal?.addEventListener?.('abort', () => asked.destroy(Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })))
  asked.on('response', incoming => {
    const chunks = []
    const whole = new Promise((done, failed) => { incoming.on('data', c => chunks.push(c)); incoming.on('end', () => done(chunks.join(''))); incoming.on('error', failed) })
    whole.catch(() => {})
    const { statusCode: status, statusMessage: statusText } = incoming
    resolve({ status, statusText, ok: status >= 200 && status < 300, headers: new Headers(incoming.headers), url: String(address), text: () => whole, json: async () => JSON.parse(await whole), body: incoming })
  })
  asked.end(body === undefined ? undefined : String(body))
})
globalThis.AbortController = class AbortController {
  signal = Object.assign(new EventEmitter(), { aborted: false, addEventListener(name, work) { this.on(name, work) } })
  abort() { if (!this.signal.aborted) { this.signal.aborted = true; this.signal.emit('abort') } }
}

// --- Paths
const normal = path => { const out = []; for (const part of path.split('/')) if (part === '..') out.pop(); else if (part && part !== '.') out.push(part); return (path.startsWith('/') ? '/' : '') + out.join('/') || '.' }
const path = {
  sep: '/', join: (...parts) => normal(parts.filter(Boolean).join('/')), resolve: (...parts) => normal([process.cwd(), ...parts].reduce((all, part) => (part.startsWith('/') ? part : all + '/' + part))),
  dirname: p => p.replace(/\/[^/]*$/, '') || (p.startsWith('/') ? '/' : '.'), basename: (p, end = '') => { const b = p.split('/').pop(); return end && b.endsWith(end) ? b.slice(0, -end.length) : b },
  extname: p => /[^/](\.[^./]*)$/.exec(p)?.[1] ?? '',
}
path.posix = path
const util = { inspect: value => inspect(value), format, promisify: call => (...args) => new Promise((resolve, reject) => call(...args, (error, value) => (error ? reject(error) : resolve(value)))) }
const builtins = {
  events: Object.assign(EventEmitter, { once }), fs, 'fs/promises': promises, http, https,
  os: { hostname: () => facts.hostname, EOL: '\n', platform: () => 'linux' }, path, process, timers, util,
  'timers/promises': { ['set' + 'Timeout']: (ms, value) => new Promise(done => wait(done, ms, value)), setImmediate: value => new Promise(done => setImmediate(done, value)) },
  url: { URL, URLSearchParams, fileURLToPath: url => decodeURIComponent(String(url).replace(/^file:\/\//, '')) },
}
Object.defineProperty(globalThis, Symbol.for('node.builtins'), { value: builtins })
const modules = new Map()
const requireFrom = from => specifier => {
  const name = ask('resolve', specifier, from)
  if (name.startsWith('node:')) return builtins[name.slice(5)]
  if (modules.has(name)) return modules.get(name).exports
  const source = ask('source', name)
  if (name.endsWith('.json')) return JSON.parse(source)
  const module = { exports: {}, filename: name }
  modules.set(name, module)
  new Function('exports', 'require', 'module', '__filename', '__dirname', source)(module.exports, requireFrom(name), module, name, path.dirname(name))
  return module.exports
}

Object.defineProperty(globalThis, Symbol.for('node.require'), { value: requireFrom })

const fatal = error => {
  if (process.listenerCount('uncaughtException')) return void process.emit('uncaughtException', error)
  const causes = error instanceof Error ? traceOf(error) + (error.code ? " {\n  code: '" + error.code + "'\n}" : '') : 'Uncaught ' + inspect(error)
  say(2, causes + '\n\nNode.js ' + facts.version + '\n')
  ask('exit', 1)
}
const events = {
  start: (kind, name) => (kind === 'common' ? requireFrom(name.replace(/[^/]*$/, 'x'))(name) : void import(name).catch(fatal)),
  timer: id => waiting.get(id)?.(),
  signal: (name, number) => process.emit(name, name, number),
  request: (server, id, request) => servers.get(server)?.request_(id, request),
  client: (id, what, data) => requests.get(id)?.happened_(what, data),
  end: () => { process.emit('beforeExit', process.exitCode ?? 0) },
  exit: code => process.exit(process.exitCode ?? code),
}
return json => {
  const [name, ...args] = JSON.parse(json)
  try { events[name](...args) } catch (error) { fatal(error) }
}
})()`
