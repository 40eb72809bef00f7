/** haproxy's program: its command line, its configuration, the master and its worker. */
import { isErrno } from '../../../errno.ts'
import { forever } from '../../../network/serving.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { SIGNAL_WORDS } from '../../../processes/signal-words.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { versionOf } from '../../versions.ts'
import { readConfig } from './config.ts'
import { Running } from './proxying.ts'
import type { Complaint, Config } from './section.ts'
import { type BackendState, backendState, startChecks } from './state.ts'

const DEFAULT_FILE = '/usr/local/etc/haproxy/haproxy.cfg'
const VERSION = '3.2.7'
/** What a worker ends with that was told to: by nobody, SIGINT, SIGTERM. */
const STOPPED: ReadonlySet<number> = new Set([0, 130, 143])

interface Options {
  files: readonly string[]
  check: boolean
  version: boolean
}

function readOptions(args: readonly string[]): Options | { unknown: string } {
  const files: string[] = []
  const options = { files, check: false, version: false }
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '-f' || word === '--') files.push(args[++i] ?? '')
    else if (word === '-c') options.check = true
    else if (/^-(v|vv)$/.test(word)) options.version = true
    else if (/^-[npLNmxS]$/.test(word)) i++
    else if (/^-(sf|st)$/.test(word)) break
    else if (!/^-(W|Ws|db|d\w*|D|q|V|C)$/.test(word)) return { unknown: word }
  }
  return options
}

export const haproxy: CarryingProgram = async (process, tag) => {
  const version = versionOf({ latest: VERSION }, tag)
  const options = readOptions(process.argv.slice(1))
  if ('unknown' in options) {
    await process.write(2, `[ALERT]    (${process.pid}) : Unknown option '${options.unknown}'\n`)
    return 1
  }
  if (options.version) {
    await process.write(1, `HAProxy version ${version} 2025/10/03 - https://haproxy.org/\n`)
    return 0
  }
  const say = (level: string, text: string, pid = process.pid): Promise<void> =>
    process.write(2, `${`[${level}]`.padEnd(10)} (${pid}) : ${text}\n`)
  const head = async (): Promise<void> => {
    await say('NOTICE', `haproxy version is ${version}`)
    await say('NOTICE', 'path to executable is /usr/local/sbin/haproxy')
  }
  const file = options.files[0] ?? DEFAULT_FILE
  let text: string
  try {
    text = process.fs.readFile(file)
  } catch (error) {
    if (!isErrno(error)) throw error
    await head()
    await say('ALERT', `config : Cannot open configuration file/directory ${file} : ${error.message}`)
    return 1
  }
  const { config, complaints } = readConfig(text, file)
  const states = complaints.some(({ level }) => level === 'ALERT') ? [] : statesOf(process, config, file, complaints)
  if (complaints.length) await head()
  for (const complaint of complaints) await say(complaint.level, complaint.text)
  if (complaints.some(({ level }) => level === 'ALERT')) {
    await say('ALERT', `config : Error(s) found in configuration file : ${file}`)
    await say('ALERT', 'config : Fatal errors found in configuration.')
    return 1
  }
  if (options.check) {
    await process.write(1, 'Configuration file is valid\n')
    return 0
  }
  process.memory = 15_000_000
  const running = new Running(process, config, states, version)
  const failed = running.listen()
  if (failed !== undefined) {
    if (!complaints.length) await head()
    await say('ALERT', failed)
    await say('ALERT', '[haproxy.main()] Some protocols failed to start their listeners! Exiting.')
    return 1
  }
  const worker = process.spawn({
    argv: process.argv,
    program: (child => {
      child.memory = 10_000_000
      return forever(child)
    }) satisfies Program,
  })
  process.on('CHLD', () => {
    const status = process.poll(worker.pid)
    if (!status || status === 'stopped') return
    const { code, signal } = status
    const how = signal ? SIGNAL_WORDS[signal] : 'Exit'
    void say(code ? 'ALERT' : 'WARNING', `Current worker (${worker.pid}) exited with code ${code} (${how})`)
    const failed = !STOPPED.has(code)
    if (failed) void say('ALERT', 'exit-on-failure: killing every processes with SIGTERM')
    void say('WARNING', `All workers exited. Exiting... (${failed ? code : 0})`)
    process.exit(failed ? code : 0)
  })
  await say('NOTICE', `Initializing new worker (${worker.pid})`)
  await say('NOTICE', 'Loading success.')
  running.worker = worker.pid
  for (const state of states) startChecks(process, state, (level, what) => void say(level, what, worker.pid))
  const end = (signal: 'USR1' | 'TERM', code: number): void => {
    void say(
      'NOTICE',
      signal === 'USR1' ? 'Exiting Master process...' : `Current worker (${worker.pid}) exited with code ${code}`,
    )
    process.on('CHLD', 'ignore')
    process.kill(worker.pid, 'TERM')
    process.exit(signal === 'USR1' ? 0 : code)
  }
  process.on('USR1', () => end('USR1', 0))
  process.on('TERM', () => end('TERM', 143))
  process.on('INT', () => end('TERM', 130))
  return forever(process)
}

function statesOf(process: Process, config: Config, file: string, complaints: Complaint[]): BackendState[] {
  const states: BackendState[] = []
  for (const section of config.proxies) {
    if (section.kind === 'frontend') continue
    const state = backendState(process, section)
    if ('lost' in state) {
      const { name, host, line } = state.lost
      complaints.push({
        level: 'ALERT',
        text: `config : [${file}:${line}] : 'server ${section.name}/${name}' : could not resolve address '${host}'.`,
      })
      complaints.push({ level: 'ALERT', text: 'config : Failed to initialize server(s) addr.' })
    } else states.push(state)
  }
  return states
}
