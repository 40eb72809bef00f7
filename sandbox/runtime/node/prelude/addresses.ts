/** `URL` and `URLSearchParams`. */
export const ADDRESSES = String.raw`
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
`
