/** The learner's machine: a host outside the cluster with a home directory, a shell, kubectl, and terminals on it. */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { NetworkNamespace } from '../../network/network.ts'
import type { Directory, Volume } from '../../runtime/files/fs.ts'
import { MountTable } from '../../runtime/files/mounts.ts'
import type { Inode } from '../../runtime/files/tree.ts'
import { createVolume, inodeOf } from '../../runtime/files/volume.ts'
import { Cgroup } from '../../runtime/kernel/cpu.ts'
import { Kernel, type Loader, PidSpace, type World } from '../../runtime/kernel/kernel.ts'
import type { ExitStatus, Process } from '../../runtime/processes/process.ts'
import { nullStream, sink } from '../../runtime/processes/streams.ts'
import { Terminal } from '../../runtime/processes/terminal.ts'
import { devTree } from '../../runtime/pseudofs/devfs.ts'
import { procfs } from '../../runtime/pseudofs/procfs-part.ts'

import { ask, type HttpAnswer } from '../http-ask.ts'
import { kubeconfig } from './kubeconfig.ts'

export const HOME = '/home/learner'
const USER = { uid: 1000, gid: 1000, groups: [1000] }
const HOSTNAME = 'podlab'
export const IP = '192.168.49.100'

/** Files of the learner's machine over those of its distribution. */
function personalize(root: Directory): void {
  root.write('etc/passwd', `${root.read('etc/passwd') ?? ''}learner:x:${USER.uid}:${USER.gid}::${HOME}:/bin/bash\n`)
  root.write('etc/group', `${root.read('etc/group') ?? ''}learner:x:${USER.gid}:\n`)
  root.write('etc/hostname', `${HOSTNAME}\n`)
  root.write('etc/hosts', `127.0.0.1\tlocalhost\n${IP}\t${HOSTNAME}\n`)
  root.mkdir(HOME.slice(1), { uid: USER.uid, gid: USER.gid })
}

export interface WorkstationOptions {
  clock: Clock
  random: Random
  net: NetworkNamespace
  /** Puts the tools into the file system. */
  install(root: Directory): void
  load: Loader
  onOutput(terminal: number, data: string): void
  /** A file of the home directory has changed; the path is relative to it. */
  onFile(path: string): void
  /** A command has been entered at a prompt. */
  onCommand(line: string): void
}

export class Workstation {
  readonly home: Directory
  readonly #kernel: Kernel
  readonly #world: World
  readonly #terminals = new Map<number, { terminal: Terminal; idle: boolean; status: number }>()
  readonly #history: string[] = []
  readonly #options: WorkstationOptions

  constructor(options: WorkstationOptions) {
    const { clock, random, net, load } = options
    this.#options = options
    this.#kernel = new Kernel({ clock, random, load })
    const root = createVolume(clock)
    const home = createVolume(clock)
    this.home = home.root
    options.install(root.root)
    personalize(root.root)
    const own = { uid: USER.uid, gid: USER.gid }
    home.root.mkdir('.kube', own)
    home.root.write('.kube/config', kubeconfig(), { mode: 0o600, ...own })
    this.#world = this.#assemble(root, home, net)
    this.#reportFiles()
  }

  #assemble(root: Volume, home: Volume, net: NetworkNamespace): World {
    const mounts = new MountTable(inodeOf(root), { type: 'ext4' })
    const homeInode = inodeOf(home)
    homeInode.uid = homeInode.gid = USER.uid
    mounts.add(HOME, homeInode, { readOnly: false })
    const { clock } = this.#kernel
    const bootedAt = clock.now()
    const devices = devTree(clock, bootedAt)
    mounts.add('/dev', devices, { readOnly: false, type: 'tmpfs' })
    const world: World = {
      pids: new PidSpace(),
      cgroup: new Cgroup(),
      mounts,
      net,
      uts: { hostname: HOSTNAME },
      capabilities: new Set(),
    }
    const proc = (): Inode => procfs.now.procTree(this.#kernel, world, bootedAt)
    mounts.addLater('/proc', proc, { readOnly: true, type: 'proc' })
    return world
  }

  /** Files change by many small writes; they are told once an instant. */
  #reportFiles(): void {
    const changed = new Set<string>()
    this.home.watch(path => {
      if (changed.size === 0) {
        this.#kernel.clock.soon(() => {
          const paths = [...changed].sort()
          changed.clear()
          for (const p of paths) this.#options.onFile(p)
        })
      }
      changed.add(path.replace(/^\//, ''))
    })
  }

  get #env(): Record<string, string> {
    return {
      HOME,
      USER: 'learner',
      LOGNAME: 'learner',
      PATH: '/usr/local/bin:/usr/bin:/bin',
      SHELL: '/bin/bash',
      PWD: HOME,
      LANG: 'C.UTF-8',
    }
  }

  openTerminal(id: number, columns: number, rows: number): void {
    const terminal = new Terminal({
      kernel: this.#kernel,
      pids: this.#world.pids,
      columns,
      rows,
      onOutput: data => this.#options.onOutput(id, data),
    })
    const entry = { terminal, idle: false, status: 0 }
    this.#terminals.set(id, entry)
    const login = (): void => {
      entry.idle = false
      const shell = this.#kernel.boot(this.#world, {
        argv: ['-bash'],
        env: { ...this.#env, TERM: 'xterm-256color' },
        cwd: HOME,
        ...USER,
        group: 'new',
        fds: { 0: terminal, 1: terminal, 2: terminal },
        program: process => this.#shell(process, entry),
      })
      // A terminal without a shell is of no use: whoever leaves by `exit` or Ctrl-D gets a new one.
      shell.onEnd(() => {
        if (this.#terminals.has(id)) this.#kernel.clock.soon(login)
      })
    }
    login()
  }

  /** A prompt is wanted only once there is a cluster to ask, so the shell comes after it. */
  async #shell(process: Process, entry: { idle: boolean; status: number }): Promise<number> {
    const [{ learnerShell }] = await process.load(Promise.all([import('./learner-shell.ts'), procfs.load()]))
    return learnerShell(process, {
      history: this.#history,
      onPrompt: status => {
        entry.idle = true
        entry.status = status
      },
      onCommand: line => {
        entry.idle = false
        this.#options.onCommand(line)
      },
    })
  }

  input(id: number, data: string): void {
    const entry = this.#terminals.get(id)
    if (!entry) return
    entry.terminal.input(data)
  }

  resize(id: number, columns: number, rows: number): void {
    this.#terminals.get(id)?.terminal.resize(columns, rows)
  }

  closeTerminal(id: number): void {
    const entry = this.#terminals.get(id)
    this.#terminals.delete(id)
    entry?.terminal.hangUp()
  }

  /** Whether the shell of a terminal waits for a command; and how the last one ended. */
  state(id: number): { idle: boolean; status: number } {
    const { idle = true, status = 0 } = this.#terminals.get(id) ?? {}
    return { idle, status }
  }

  /** Ports that programs of this machine listen on. */
  ports(): readonly number[] {
    return this.#world.net
      .listeners()
      .filter(l => l.protocol === 'TCP')
      .map(l => l.port)
      .sort((a, b) => a - b)
  }

  /** A GET from this machine to one of its own ports. */
  get(port: number, path: string, done: (answer: HttpAnswer) => void): void {
    ask(
      this.#world.net,
      { ip: '127.0.0.1', port, host: `localhost:${port}`, path, agent: 'Mozilla/5.0 (podlab)' },
      done,
    )
  }

  /** Runs a script beside the terminals, as `sh -c`. */
  run(script: string, onOutput: (data: string) => void): { ended(): ExitStatus | undefined } {
    const out = sink(onOutput)
    const process = this.#kernel.boot(this.#world, {
      argv: ['bash', '-c', script],
      env: this.#env,
      cwd: HOME,
      ...USER,
      group: 'new',
      fds: { 0: nullStream, 1: out, 2: out },
    })
    return { ended: () => process.status }
  }

  /** Every file of the home directory that is not hidden; path → text. */
  files(): Record<string, string> {
    const files: Record<string, string> = {}
    const walk = (dir: string): void => {
      for (const name of this.home.list(dir)) {
        if (name.startsWith('.')) continue
        const path = dir ? `${dir}/${name}` : name
        const stat = this.home.stat(path)
        if (stat?.type === 'directory') walk(path)
        else if (stat?.type === 'file') files[path] = this.home.read(path) ?? ''
      }
    }
    walk('')
    return files
  }

  writeFile(path: string, text: string | null): void {
    if (text === null) this.home.remove(path)
    else if (this.home.read(path) !== text) {
      // The folders on the way are the learner's too.
      const parts = path.split('/').slice(0, -1)
      for (let i = 1; i <= parts.length; i++) {
        const folder = parts.slice(0, i).join('/')
        if (!this.home.stat(folder)) this.home.mkdir(folder, USER)
      }
      this.home.write(path, text, USER)
    }
  }
}
