/** The modules that the simulated Node has built in, and what each exports by name; what they do is in `prelude/`. */
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
