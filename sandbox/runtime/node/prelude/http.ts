/** `http`, `https` and `fetch`. */
export const HTTP = String.raw`
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
`
