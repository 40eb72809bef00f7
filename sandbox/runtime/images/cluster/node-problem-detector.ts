/** node-problem-detector: looks for trouble in a node's kernel log; what passes becomes an Event, what stays a condition of the node. */
import { isErrno } from '../../errno.ts'
import { serveHttp } from '../../network/serving.ts'
import type { Process, Program } from '../../processes/process.ts'
import { type InCluster, inCluster, NOT_IN_CLUSTER } from './api-client.ts'
import { flagsOf, klogLine } from './klog.ts'

/** A file such as /config/kernel-monitor.json. */
interface Monitor {
  plugin: string
  logPath: string
  source: string
  conditions: readonly { type: string; reason: string; message: string }[]
  rules: readonly { type: 'temporary' | 'permanent'; condition?: string; reason: string; pattern: string }[]
}

/** How often a log is looked at, and a node's conditions are told again. */
const LOOK_MS = 1000
const HEARTBEAT_MS = 300_000

interface Condition {
  type: string
  status: 'True' | 'False'
  reason: string
  message: string
  lastTransitionTime: string
}

export const nodeProblemDetector: Program = async process => {
  process.memory = 20_000_000
  const flags = flagsOf(process.argv)
  const say = (level: 'I' | 'E' | 'F', where: string, text: string): Promise<void> =>
    process.write(2, klogLine(process, level, where, text))
  const files = (
    flags.get('config.system-log-monitor') ??
    flags.get('system-log-monitors') ??
    flags.get('kernel-monitor') ??
    '/config/kernel-monitor.json'
  ).split(',')
  const node = process.env.NODE_NAME ?? flags.get('hostname-override') ?? process.hostname
  const monitors: Monitor[] = []
  for (const file of files) {
    try {
      monitors.push(JSON.parse(process.fs.readFile(file)) as Monitor)
    } catch (error) {
      const why = isErrno(error) ? `open ${file}: ${error.message.toLowerCase()}` : (error as Error).message
      await say('F', 'log_monitor.go:72', `Failed to read configuration file "${file}": ${why}`)
      return 255
    }
  }
  const odd = monitors.findIndex(({ plugin }) => plugin !== 'syslog')
  if (odd >= 0 || flags.has('config.custom-plugin-monitor') || flags.has('custom-plugin-monitors')) {
    const what = odd < 0 ? 'a custom plugin' : `plugin "${monitors[odd]!.plugin}" of ${files[odd]}`
    await say('F', 'log_monitor.go:72', `${what} is not simulated`)
    return 255
  }
  const api = inCluster(process, 'node-problem-detector')
  if (!api) {
    await say('F', 'problem_client.go:65', NOT_IN_CLUSTER)
    return 255
  }
  for (const signal of ['TERM', 'INT'] as const) process.on(signal, () => process.exit(0))
  serveHealth(process, flags)
  const watchers = monitors.map(monitor => new Watcher(process, api, node, monitor, say))
  for (const watcher of watchers) await watcher.begin()
  for (;;) {
    for (const watcher of watchers) await watcher.look()
    await process.sleep(LOOK_MS)
  }
}

function serveHealth(process: Process, flags: ReadonlyMap<string, string>): void {
  const port = Number(flags.get('port') ?? 20_256)
  if (!port) return
  serveHttp(process, {
    port,
    address: flags.get('address') ?? '127.0.0.1',
    go: true,
    handle: ({ path }, respond) =>
      respond(path === '/healthz' ? { status: 200, body: 'ok' } : { status: 404, body: '404 page not found\n' }),
  })
}

type Say = (level: 'I' | 'E' | 'F', where: string, text: string) => Promise<void>

class Watcher {
  readonly #process: Process
  readonly #api: InCluster
  readonly #node: string
  readonly #monitor: Monitor
  readonly #say: Say
  #conditions: Condition[] = []
  /** How much of the log has been read. */
  #read = 0
  #told = 0

  constructor(process: Process, api: InCluster, node: string, monitor: Monitor, say: Say) {
    this.#process = process
    this.#api = api
    this.#node = node
    this.#monitor = monitor
    this.#say = say
  }

  get #now(): string {
    return new Date(this.#process.clock.now()).toISOString().replace(/\.\d+Z/, 'Z')
  }

  async begin(): Promise<void> {
    const { source, conditions, logPath } = this.#monitor
    await this.#say(
      'I',
      'log_monitor.go:80',
      `Finish parsing log monitor config file: ${JSON.stringify(this.#monitor)}`,
    )
    await this.#say('I', 'log_monitor.go:90', `Start log monitor ${source}`)
    if (!this.#process.fs.exists(logPath))
      await this.#say('E', 'log_watcher.go:66', `Failed to open log file "${logPath}": no such file or directory`)
    this.#conditions = conditions.map(condition => ({ ...condition, status: 'False', lastTransitionTime: this.#now }))
    await this.#tell()
  }

  /** What has been written to the log since. */
  async look(): Promise<void> {
    const { fs, clock } = this.#process
    const { logPath, rules } = this.#monitor
    if (fs.exists(logPath) && fs.stat(logPath).type === 'file') {
      const text = fs.readFile(logPath)
      if (text.length < this.#read) this.#read = 0
      const end = text.lastIndexOf('\n') + 1
      const lines = text.slice(this.#read, end).split('\n').filter(Boolean)
      this.#read = Math.max(this.#read, end)
      for (const line of lines)
        for (const rule of rules) {
          const message = new RegExp(rule.pattern).exec(line)?.[0]
          if (message !== undefined) await this.#found(rule, message)
        }
    }
    if (clock.now() - this.#told >= HEARTBEAT_MS) await this.#tell()
  }

  async #found({ type, condition, reason }: Monitor['rules'][number], message: string): Promise<void> {
    await this.#say('I', 'log_monitor.go:160', `New status generated: ${reason}: ${message}`)
    if (type === 'temporary') return this.#report('Warning', reason, message)
    const own = this.#conditions.find(one => one.type === condition)
    if (!own || (own.status === 'True' && own.reason === reason)) return
    Object.assign(own, { status: 'True', reason, message, lastTransitionTime: this.#now })
    await this.#report(
      'Warning',
      reason,
      `Node condition ${own.type} is now: True, reason: ${reason}, message: "${message}"`,
    )
    await this.#tell()
  }

  async #report(type: string, reason: string, message: string): Promise<void> {
    const { source } = this.#monitor
    const time = this.#now
    const got = await this.#api.ask('/api/v1/namespaces/default/events', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${this.#node}.${this.#process.random.hex(16)}`, namespace: 'default' },
        involvedObject: { kind: 'Node', name: this.#node, uid: this.#node },
        source: { component: source, host: this.#node },
        type,
        reason,
        message,
        count: 1,
        firstTimestamp: time,
        lastTimestamp: time,
      },
    })
    if ('problem' in got)
      await this.#say('E', 'event.go:269', `Server rejected event: ${got.problem} (will not retry!)`)
  }

  /** The conditions as they stand, with the time at which they were last looked at. */
  async #tell(): Promise<void> {
    this.#told = this.#process.clock.now()
    if (!this.#conditions.length) return
    const conditions = this.#conditions.map(condition => ({ ...condition, lastHeartbeatTime: this.#now }))
    const got = await this.#api.ask(`/api/v1/nodes/${this.#node}/status`, {
      method: 'PATCH',
      type: 'application/strategic-merge-patch+json',
      body: { status: { conditions } },
    })
    if ('problem' in got) await this.#say('E', 'manager.go:132', `failed to update node conditions: ${got.problem}`)
  }
}
