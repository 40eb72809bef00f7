/** Apache's command line: what may be asked of it, `-k` for the one that runs, and what it tells of itself. */
import type { Process } from '../../../processes/process.ts'
import type { Config } from './config.ts'
import type { Host } from './host.ts'
import { BUILT_IN } from './modules.ts'
import type { Reading } from './reading.ts'

export interface Options {
  file?: string
  root?: string
  defined: string[]
  test: boolean
  show?: 'v' | 'V' | 'l'
  /** `-k`, or what `-S` and `-M` print. */
  action?: string
  /** As the log tells them. */
  words: string[]
}

export function readOptions(args: readonly string[]): Options | { wrong: string } {
  const options: Options = { defined: [], test: false, words: [] }
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, flag, attached] = /^-([fdDkcCeE])(.*)$/s.exec(word) ?? []
    if (flag) {
      const value = attached || rest.shift()
      if (value === undefined) return { wrong: `option requires an argument -- ${flag}` }
      options.words.push(`-${flag}`, value)
      if (flag === 'f') options.file = value
      else if (flag === 'd') options.root = value
      else if (flag === 'k') options.action = value
      else if (flag === 'D') {
        options.defined.push(value)
        if (value === 'DUMP_VHOSTS') options.action = 'S'
        if (value === 'DUMP_MODULES') options.action = 'M'
      } else if (flag === 'c' || flag === 'C') return { wrong: `-${flag} is not simulated` }
    } else if (word === '-t') options.test = true
    else if (word === '-X') options.defined.push('FOREGROUND')
    else if (/^-[SM]$/.test(word)) options.action = word[1]!
    else if (/^-[vVl]$/.test(word)) options.show = word[1] as 'v'
    else return { wrong: `illegal option -- ${word.replace(/^-/, '')}` }
  }
  return options
}

export const usage = (fault: string): string =>
  `httpd: ${fault}\nUsage: httpd [-D name] [-d directory] [-f file]\n             [-C "directive"] [-c "directive"]\n             [-k start|restart|graceful|graceful-stop|stop]\n             [-v] [-V] [-h] [-l] [-L] [-t] [-T] [-S] [-X]\n`

export function dump(what: 'v' | 'V' | 'l', version: string, built: string): string {
  const head = `Server version: Apache/${version} (Unix)\nServer built:   ${built}\n`
  if (what === 'v') return head
  if (what === 'l') return `Compiled in modules:\n  core.c\n  mod_so.c\n  http_core.c\n`
  return `${head}Server's Module Magic Number: 20120211:141\nArchitecture:   64-bit\nServer MPM:     event\n  threaded:     yes (fixed thread count)\n    forked:     yes (variable process count)\nServer compiled with....\n -D HTTPD_ROOT="/usr/local/apache2"\n -D DEFAULT_PIDLOG="logs/httpd.pid"\n -D DEFAULT_ERRORLOG="logs/error_log"\n -D AP_TYPES_CONFIG_FILE="conf/mime.types"\n -D SERVER_CONFIG_FILE="conf/httpd.conf"\n`
}

const SIGNALS = { stop: 'TERM', restart: 'HUP', graceful: 'USR1', 'graceful-stop': 'WINCH' } as const

/** As its file says. */
export function runningPid({ fs }: Process, { pid }: Config): number | undefined {
  const number = fs.exists(pid) ? Number(fs.readFile(pid)) : Number.NaN
  return Number.isInteger(number) ? number : undefined
}

/** What is asked of the one that runs, and what `-S` and `-M` print. */
export async function control(
  process: Process,
  { action = '' }: Options,
  config: Config,
  reading: Reading,
  said: readonly string[],
): Promise<number> {
  if (action === 'S' || action === 'M') {
    await process.write(2, said.join(''))
    await process.write(1, action === 'S' ? hosts(config) : modules(reading))
    return 0
  }
  if (action in SIGNALS || action === 'start') {
    await process.write(2, said.join(''))
    const pid = runningPid(process, config)
    if (action === 'start') {
      await process.write(1, `httpd (pid ${pid}) already running\n`)
      return 0
    }
    if (pid === undefined) {
      await process.write(2, `httpd (no pid file) not running\n`)
      return action === 'stop' || action === 'graceful-stop' ? 0 : 1
    }
    process.kill(pid, SIGNALS[action as keyof typeof SIGNALS])
    return 0
  }
  await process.write(2, usage(`invalid argument: -k ${action}`))
  return 1
}

function modules({ modules }: Reading): string {
  return `Loaded Modules:\n${[...modules].map(name => ` ${name}_module (${BUILT_IN.includes(name) ? 'static' : 'shared'})\n`).join('')}`
}

const placeOf = ({ place }: Host): string => `(${place?.file}:${place?.line})`

function hosts(config: Config): string {
  const byAddress = new Map<string, Host[]>()
  for (const host of config.hosts)
    for (const { address, port } of host.addresses) {
      const key = `${address}:${port || '*'}`
      byAddress.set(key, [...(byAddress.get(key) ?? []), host])
    }
  const named = (host: Host): string => host.name ?? config.main.name ?? 'localhost'
  let text = 'VirtualHost configuration:\n'
  for (const [address, all] of byAddress) {
    const port = address.split(':')[1]
    if (all.length === 1) text += `${address.padEnd(22)} ${named(all[0]!)} ${placeOf(all[0]!)}\n`
    else {
      text += `${address.padEnd(22)} is a NameVirtualHost\n         default server ${named(all[0]!)} ${placeOf(all[0]!)}\n`
      for (const host of all) {
        text += `         port ${port} namevhost ${named(host)} ${placeOf(host)}\n`
        for (const alias of host.aliases)
          text += `                 ${/[*?]/.test(alias) ? 'wild alias' : 'alias'} ${alias}\n`
      }
    }
  }
  return `${text}ServerRoot: "${config.root}"\nMain DocumentRoot: "${config.main.root}"\nMain ErrorLog: "${config.main.errorLog}"\nPidFile: "${config.pid}"\n`
}
