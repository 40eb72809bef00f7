/** perl as far as manifests use it without a program of its own, and languages that tell their version: a line to print, π. */
import type { Process, Program } from '../../processes/process.ts'

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
const phpVersion = versioned(
  'PHP',
  ['-v', '--version'],
  v => `PHP ${v} (cli) (NTS)\nCopyright (c) The PHP Group\n`,
  'PHP_VERSION',
  '8.4.13',
)

/** `php -r` with a line to print. */
const php: Program = async process => {
  const code = process.argv[1] === '-r' ? (process.argv[2] ?? '').trim() : ''
  const text = literal(/^(?:echo|print)\b\s*(.*?);?$/s.exec(code)?.[1] ?? '')
  if (text === undefined) return phpVersion(process)
  return process.write(1, text).then(() => 0)
}
const go = versioned(
  'the Go toolchain',
  ['version'],
  v => `go version go${v} linux/amd64\n`,
  'GOLANG_VERSION',
  '1.25.1',
)
const ruby = versioned('Ruby', ['-v', '--version'], v => `ruby ${v} [x86_64-linux]\n`, 'RUBY_VERSION', '3.4.6')

export const interpreters: Readonly<Record<string, Program>> = { perl, java, php, go, ruby }
