/** Modules: what is built in by name, `require`, and what is done with an error that nobody catches. */
export const MODULES = String.raw`
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
`
