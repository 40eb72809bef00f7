/** Looking at values, as `util.inspect` does for what is small, and `console`, which prints them. */
export const INSPECT = String.raw`
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
`
