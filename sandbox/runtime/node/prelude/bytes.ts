/** `Buffer`, which holds text. */
export const BYTES = `
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
`
