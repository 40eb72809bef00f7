/** perl and python as far as manifests use them without a program of their own: a version, a line to print, π, a file server. */
import type { Process, Program } from '../process.ts'
import { forever, serveHttp } from '../serving.ts'

const refuse = async (process: Process, what: string): Promise<number> => {
  await process.write(2, `${process.argv[0]?.split('/').pop()}: running ${what} is not simulated\n`)
  return 126
}

/** π to so many significant digits, after Machin. */
export function pi(digits: number): string {
  const scale = 10n ** BigInt(digits + 10)
  const arctan = (x: bigint): bigint => {
    let power = scale / x
    let sum = power
    for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
      power /= x * x
      sum += (sign * power) / n
    }
    return sum
  }
  const tooPrecise = 4n * (4n * arctan(5n) - arctan(239n))
  const unit = 10n ** 11n
  const text = String((tooPrecise + unit / 2n) / unit)
  return digits > 1 ? `${text[0]}.${text.slice(1)}` : text
}

const STRING = /^(?:"((?:[^"\\$@]|\\.)*)"|'([^']*)')$/s

/** The text of a quoted string without variables; undefined when it is something else. */
function literal(code: string): string | undefined {
  const [, double, single] = STRING.exec(code.trim()) ?? []
  return double === undefined ? single : double.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\(.)/g, '$1')
}

function perlVersion({ env }: Process): string {
  const [, minor = '42', patch = '0'] = (env.PERL_VERSION ?? '').split('.')
  return `\nThis is perl 5, version ${minor}, subversion ${patch} (v5.${minor}.${patch}) built for x86_64-linux-gnu\n\n`
}

const perl: Program = async process => {
  const words = process.argv.slice(1)
  if (words.includes('-v')) return process.write(1, perlVersion(process)).then(() => 0)
  const at = words.findIndex(word => /^-[a-z]*e$/.test(word))
  const code = words[at + 1] ?? ''
  const newline = at >= 0 && words[at]!.includes('l') ? '\n' : ''
  const digits = /^print bpi\((\d+)\);?$/.exec(code.trim())?.[1]
  if (at >= 0 && digits && words.some(word => /^-Mbignum=(bpi|bexp,bpi)$/.test(word))) {
    process.memory = 12_000_000
    await process.compute(500 + (Number(digits) / 1000) ** 2 * 1000)
    return process.write(1, `${pi(Number(digits))}${newline}`).then(() => 0)
  }
  const text = literal(/^print\s+(.*?);?$/s.exec(code.trim())?.[1] ?? '')
  return at >= 0 && text !== undefined ? process.write(1, text + newline).then(() => 0) : refuse(process, 'Perl')
}

const pythonVersion = ({ env }: Process): string => env.PYTHON_VERSION ?? '3.13.9'

async function fileServer(process: Process, port: number): Promise<number> {
  const log = (line: string): void => void process.fds[2]?.write(process, `${line}\n`)
  process.memory = 18_000_000
  const { fs } = process
  const page = (path: string): { status: number; type: string; body: string } => {
    const file = `${process.cwd.replace(/\/$/, '')}${path}`
    if (!fs.exists(file)) {
      const body =
        '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n        <p>Error code explanation: 404 - Nothing matches the given URI.</p>\n    </body>\n</html>\n'
      return { status: 404, type: 'text/html;charset=utf-8', body }
    }
    if (fs.stat(file).type !== 'directory')
      return { status: 200, type: file.endsWith('.html') ? 'text/html' : 'text/plain', body: fs.readFile(file) }
    const index = `${file.replace(/\/$/, '')}/index.html`
    if (fs.exists(index)) return { status: 200, type: 'text/html', body: fs.readFile(index) }
    const names = fs.readdir(file).map(name => (fs.stat(`${file}/${name}`).type === 'directory' ? `${name}/` : name))
    const title = `Directory listing for ${path}`
    const body = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${names.map(n => `<li><a href="${n}">${n}</a></li>\n`).join('')}</ul>\n<hr>\n</body>\n</html>\n`
    return { status: 200, type: 'text/html; charset=utf-8', body }
  }
  try {
    serveHttp(process, {
      port,
      server: `SimpleHTTP/0.6 Python/${pythonVersion(process)}`,
      handle(request, respond) {
        const { status, type, body } = page(request.path)
        const [date, time] = new Date(process.clock.now())
          .toUTCString()
          .replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3 $4')
          .split(' ')
        if (status === 404) log(`${request.remote.ip} - - [${date} ${time}] code 404, message File not found`)
        log(`${request.remote.ip} - - [${date} ${time}] "${request.method} ${request.target} HTTP/1.1" ${status} -`)
        respond({ status, headers: { 'Content-Type': type }, body })
      },
    })
  } catch {
    await process.write(2, 'OSError: [Errno 98] Address already in use\n')
    return 1
  }
  await process.write(1, `Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`)
  process.on('INT', () => process.exit(0))
  return forever(process)
}

const python: Program = async process => {
  const words = process.argv.slice(1).filter(word => word !== '-u')
  if (words[0] === '-V' || words[0] === '--version')
    return process.write(1, `Python ${pythonVersion(process)}\n`).then(() => 0)
  if (words[0] === '-m' && words[1] === 'http.server') {
    const directory = words.indexOf('--directory') + 1 || words.indexOf('-d') + 1
    if (directory) process.cwd = words[directory]!
    return fileServer(process, Number(words.slice(2).find(word => /^\d+$/.test(word)) ?? 8000))
  }
  const text = words[0] === '-c' ? literal(/^print\((.*)\);?$/s.exec(words[1]?.trim() ?? '')?.[1] ?? '') : undefined
  return text === undefined ? refuse(process, 'Python') : process.write(1, `${text}\n`).then(() => 0)
}

/** Programs that tell their version, and no more. */
const versioned =
  (
    what: string,
    flags: readonly string[],
    words: (version: string) => string,
    variable: string,
    latest: string,
    fd = 1,
  ): Program =>
  async process =>
    flags.includes(process.argv[1] ?? '')
      ? process.write(fd, words(process.env[variable] ?? latest)).then(() => 0)
      : refuse(process, what)

const java = versioned(
  'Java',
  ['-version', '--version'],
  v =>
    `openjdk version "${v}"\nOpenJDK Runtime Environment (build ${v})\nOpenJDK 64-Bit Server VM (build ${v}, mixed mode, sharing)\n`,
  'JAVA_VERSION',
  '25',
  2,
)
const php = versioned(
  'PHP',
  ['-v', '--version'],
  v => `PHP ${v} (cli) (NTS)\nCopyright (c) The PHP Group\n`,
  'PHP_VERSION',
  '8.4.13',
)
const go = versioned(
  'the Go toolchain',
  ['version'],
  v => `go version go${v} linux/amd64\n`,
  'GOLANG_VERSION',
  '1.25.1',
)
const ruby = versioned('Ruby', ['-v', '--version'], v => `ruby ${v} [x86_64-linux]\n`, 'RUBY_VERSION', '3.4.6')

export const interpreters: Readonly<Record<string, Program>> = { perl, python, java, php, go, ruby }
