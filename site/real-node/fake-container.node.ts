/**
 * For tests only: what a WebContainer is to us, over child processes and a folder of this machine. Its shell is `sh`, whose
 * input is no terminal; servers are noticed by a module that every Node loads first.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FileSystemTree, SpawnOptions, WebContainerProcess } from '@webcontainer/api'
import type { Container } from '../src/workbench/real/real-node.ts'

const WATCH_MS = 20

const NOTICE = `
const net = require('node:net')
const { appendFileSync } = require('node:fs')
const tell = what => appendFileSync(process.env.FAKE_PORTS, JSON.stringify(what) + '\\n')
const { listen } = net.Server.prototype
net.Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const { port } = this.address() ?? {}
    if (!port) return
    tell({ port, type: 'open' })
    this.once('close', () => tell({ port, type: 'close' }))
  })
  return listen.apply(this, args)
}`

export class FakeContainer implements Container {
  readonly folder = mkdtempSync(join(tmpdir(), 'podlab-fake-'))
  readonly path = `${dirname(process.execPath)}:${process.env.PATH}`
  readonly children = new Set<ChildProcess>()
  tornDown = false
  readonly #ports = join(this.folder, 'ports.txt')
  readonly #listeners: { event: string; listener: (...args: never[]) => void }[] = []
  #read = 0
  readonly #watch = setInterval(() => this.#lookForPorts(), WATCH_MS)

  constructor() {
    writeFileSync(join(this.folder, 'notice.cjs'), NOTICE)
    writeFileSync(this.#ports, '')
    mkdirSync(this.workdir)
  }

  get workdir(): string {
    return join(this.folder, 'work')
  }

  #lookForPorts(): void {
    if (!existsSync(this.#ports)) return
    const text = readFileSync(this.#ports, 'utf8')
    const lines = text.slice(this.#read).split('\n').slice(0, -1)
    this.#read += lines.reduce((sum, line) => sum + line.length + 1, 0)
    for (const line of lines) {
      const { port, type } = JSON.parse(line) as { port: number; type: 'open' | 'close' }
      const url = `http://127.0.0.1:${port}`
      this.#emit('port', port, type, url)
      if (type === 'open') this.#emit('server-ready', port, url)
    }
  }

  #emit(event: string, ...args: unknown[]): void {
    for (const { event: wanted, listener } of this.#listeners) if (wanted === event) listener(...(args as never[]))
  }

  on(event: string, listener: (...args: never[]) => void): () => void {
    this.#listeners.push({ event, listener })
    return () => {}
  }

  async mount(tree: FileSystemTree | Uint8Array | ArrayBuffer): Promise<void> {
    const write = (files: FileSystemTree, dir: string): void => {
      mkdirSync(dir, { recursive: true })
      for (const [name, node] of Object.entries(files)) {
        if ('directory' in node) write(node.directory, join(dir, name))
        else if ('contents' in node.file) writeFileSync(join(dir, name), node.file.contents)
      }
    }
    write(tree as FileSystemTree, this.workdir)
  }

  async spawn(
    command: string,
    args: string[] | SpawnOptions = [],
    options: SpawnOptions = {},
  ): Promise<WebContainerProcess> {
    if (this.tornDown) throw new Error('it has been torn down')
    const [words, { cwd = '', env = {} }] = Array.isArray(args) ? [args, options] : [[], args]
    const shell = command === 'jsh'
    const child = spawn(shell ? 'sh' : command, words, {
      cwd: join(this.workdir, cwd),
      detached: true,
      env: {
        PATH: this.path,
        HOME: this.workdir,
        NODE_OPTIONS: `--require ${join(this.folder, 'notice.cjs')}`,
        FAKE_PORTS: this.#ports,
        ...env,
      } as NodeJS.ProcessEnv,
    })
    this.children.add(child)
    const exit = new Promise<number>(resolve => {
      child.on('error', () => resolve(127))
      child.on('close', code => {
        this.children.delete(child)
        resolve(code ?? 137)
      })
    })
    const output = new ReadableStream<string>({
      start(stream) {
        for (const side of [child.stdout, child.stderr])
          side?.setEncoding('utf8').on('data', (data: string) => stream.enqueue(data))
        void exit.then(() => stream.close())
      },
    })
    const input = new WritableStream<string>({
      write: data => void child.stdin?.write(shell ? data.replaceAll('\r', '\n') : data),
    })
    child.stdin?.on('error', () => {})
    const kill = (): void => stop(child, 'SIGTERM')
    return { exit, output, input, kill, resize() {} } as WebContainerProcess
  }

  has(path: string): boolean {
    return existsSync(join(this.workdir, path))
  }
  read(path: string): string {
    return readFileSync(join(this.workdir, path), 'utf8')
  }
  teardown(): void {
    if (this.tornDown) throw new Error('WebContainer already torn down')
    this.tornDown = true
    clearInterval(this.#watch)
    for (const child of this.children) stop(child, 'SIGKILL')
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // It is gone.
  }
}
