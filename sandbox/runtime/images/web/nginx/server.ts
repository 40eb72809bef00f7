/** nginx itself: reads its configuration, listens, logs, reloads, and quits gracefully on SIGQUIT. */
import { KERNEL_RELEASE } from '../../../kernel/kernel-release.ts'
import { forever } from '../../../network/serving.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { aboutItself, type Options, readOptions } from './command-line.ts'
import { type Config, configOf } from './config.ts'
import type { Level } from './exchange.ts'
import { readConfiguration, type Source } from './files.ts'
import { certificatesOf } from './listen.ts'
import { errorLine, logsOf } from './logs.ts'
import { makeTemporaryDirectories, ownerOf, writePid } from './paths.ts'
import { type Ready, Running } from './running.ts'
import { ConfigError } from './syntax.ts'
import { lookUp } from './upstreams.ts'
import { END_SIGNALS, received, toldToEnd, Workers } from './workers.ts'

const DEFAULT_VERSION = '1.29.3'

type Complain = (level: Level, text: string) => Promise<void>

/** How much longer than the sender of its signal nginx lives. */
const SENDER_MS = 1

/** `nginx -s quit` and its likes: a signal to the master process. */
const SIGNALS = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const

async function control(process: Process, action: string, { pid: file }: Config, complain: Complain): Promise<number> {
  await process.write(2, errorLine(process, 'notice', 'signal process started'))
  const pid = process.fs.exists(file) ? process.fs.readFile(file).trim() : undefined
  const fault =
    pid === undefined
      ? `open() "${file}" failed (2: No such file or directory)`
      : /^\d+$/.test(pid)
        ? undefined
        : `invalid PID number "${pid}" in "${file}"`
  if (fault !== undefined) {
    await complain('error', fault)
    return 1
  }
  process.kill(Number(pid), SIGNALS[action as keyof typeof SIGNALS])
  return 0
}

/** @throws ConfigError */
function prepare(process: Process, { config: path, global }: Options): Ready & { sources: readonly Source[] } {
  const configuration = readConfiguration(process, path, global)
  const config = configOf(configuration)
  const peers = new Map(config.groups.map(group => [group, lookUp(process, group)]))
  for (const { group } of config.stream) peers.set(group, lookUp(process, group))
  return {
    config,
    peers,
    certificates: certificatesOf(process, config.servers),
    owner: ownerOf(process, config),
    sources: configuration.sources,
  }
}

/** As many workers as `auto` makes: a limit of the container's is not looked at. */
const cores = (process: Process): number => (process as Proc).kernel.cpu.cores

/** @param foreground it stays, whatever the configuration says */
async function run(process: Process, foreground: boolean): Promise<number> {
  const version = process.env.NGINX_VERSION ?? DEFAULT_VERSION
  const words = process.argv.slice(1)
  const about = aboutItself(words, version)
  if (about !== undefined) return process.write(2, about).then(() => 0)
  const fail = async (text: string): Promise<number> => {
    await process.write(2, text)
    return 1
  }
  const options = readOptions(words)
  if ('wrong' in options) return fail(`nginx: ${options.wrong}\n`)
  if (options.action !== undefined && !(options.action in SIGNALS))
    return fail(`nginx: invalid option: "-s ${options.action}"\n`)
  const logs = logsOf(process)
  /** What goes wrong before it serves is said twice: to the error log, which is this one until another is read, and to whoever started it. */
  const complain: Complain = (level, text) =>
    process.write(2, `${errorLine(process, level, text)}nginx: [${level}] ${text}\n`)
  let ready: ReturnType<typeof prepare>
  try {
    ready = prepare(process, options)
    if (options.action !== undefined) return control(process, options.action, ready.config, complain)
    for (const path of ready.config.logs) logs.open(path)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    await complain('emerg', error.message)
    if (options.test) await process.write(2, `nginx: configuration file ${options.config} test failed\n`)
    return 1
  }
  for (const warning of ready.config.warnings) await complain('warn', warning)
  const { config } = ready
  if (options.test) return test(process, options, ready.sources)
  if (config.daemon && !foreground) return daemonize(process)
  process.memory = 3_000_000
  const { warning, failed: noPath } = makeTemporaryDirectories(process, config, ready.owner)
  if (warning !== undefined) await complain('warn', warning)
  if (noPath !== undefined) {
    await complain('emerg', noPath)
    return 1
  }
  const running = new Running(process, version, ready, logs)
  for (let attempt = 0; ; attempt++) {
    const failed = running.listen()
    if (failed === undefined) break
    await complain('emerg', failed)
    // nginx tries five times, half a second apart, before it gives up.
    running.unlisten()
    if (attempt === 4) {
      await complain('emerg', 'still could not bind()')
      return 1
    }
    await process.sleep(500)
  }
  const noPid = writePid(process, config)
  if (noPid !== undefined) {
    await complain('emerg', noPid)
    return 1
  }
  return serve(process, running, version, options)
}

export const nginx: Program = process => run(process, false)

async function test(process: Process, { config, test: how }: Options, sources: readonly Source[]): Promise<number> {
  if (how === 'silent') return 0
  await process.write(
    2,
    `nginx: the configuration file ${config} syntax is ok\nnginx: configuration file ${config} test is successful\n`,
  )
  if (how === 'dumped')
    await process.write(1, sources.map(({ path, text }) => `# configuration file ${path}:\n${text}\n`).join(''))
  return 0
}

/** Without `daemon off` it goes on in the background. */
function daemonize(process: Process): number {
  process.spawn({ argv: process.argv, program: child => run(child, true) })
  return 0
}

function serve(process: Process, running: Running, version: string, options: Options): Promise<never> {
  const notice = (...texts: readonly string[]): void => running.note('notice', ...texts)
  ;(process as { argv: readonly string[] }).argv = [`nginx: master process ${process.argv.join(' ')}`]
  running.note(
    'notice',
    'using the "epoll" event method',
    `nginx/${version}`,
    'built by gcc 12.2.0 (Debian 12.2.0-14)',
    `OS: Linux ${KERNEL_RELEASE}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
  )
  const workers = new Workers(process, running.noteAs)
  const startWorkers = (): void => workers.start(running.config.workers ?? cores(process), running.owner)
  startWorkers()
  for (const signal of END_SIGNALS)
    process.on(signal, from => {
      notice(toldToEnd(signal, from))
      // So a sender in the container, such as `nginx -s quit`, is not killed along with it.
      if (from) process.clock.after(SENDER_MS, () => workers.end(signal))
      else workers.end(signal)
    })
  process.on('WINCH', from => notice(received('WINCH', from)))
  process.on('USR1', from => {
    notice(received('USR1', from, 'reopening logs'), 'reopening logs')
    const failures = running.logs.reopen()
    if (failures.length) running.note('emerg', ...failures)
    workers.reopenLogs(failures)
  })
  process.on('HUP', from => {
    notice(received('HUP', from, 'reconfiguring'), 'reconfiguring')
    try {
      const next = prepare(process, options)
      for (const warning of next.config.warnings) running.note('warn', warning)
      running.become(next)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return running.note('emerg', error.message)
    }
    notice('using the "epoll" event method', 'start worker processes')
    startWorkers()
  })
  return forever(process)
}
