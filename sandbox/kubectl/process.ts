/** kubectl as a program of a simulated machine: the API is reached in the same process, time and files are virtual. */
import { ADMIN, type UserInfo } from '../api/user.ts'
import { isStream } from '../http/exchange.ts'
import { type Api, warningHeader } from '../http/handler.ts'

import { absolute } from '../runtime/path.ts'
import { Errno, type Process, type Program } from '../runtime/process.ts'
import { RAW, terminalOf } from '../runtime/terminal.ts'
import { openChannel } from './channel.ts'
import { Inbox } from './inbox.ts'
import {
  type ApiResponse,
  ConnectionError,
  type Files,
  type Io,
  type RequestInit,
  type RestConfig,
  type Transport,
} from './io.ts'
import { runKubectl } from './main.ts'

export interface KubectlProgramOptions {
  api: Api
  /** Where the API server is to be found, such as https://192.168.49.2:6443; asked elsewhere, nobody answers. */
  server: string
  user?: UserInfo
  /** Opens the learner's editor; null when it was given up. */
  edit(process: Process, path: string, text: string): Promise<string | null>
}

export const kubectlProgram =
  (options: KubectlProgramOptions): Program =>
  process =>
    runKubectl(process.argv.slice(1), ioOf(process, options))

function ioOf(process: Process, options: KubectlProgramOptions): Io {
  const terminal = (): ReturnType<typeof terminalOf> => terminalOf(process.fds[0]) ?? terminalOf(process.fds[1])
  return {
    transport: config => transportOf(process, options, config),
    files: filesOf(process),
    env: process.env,
    get cwd() {
      return process.cwd
    },
    read: () => process.read(0),
    out: text => process.write(1, text),
    err: text => process.write(2, text),
    isTerminal: fd => process.fds[fd]?.isTerminal ?? false,
    size: () => terminal()?.size,
    raw(on) {
      const found = terminal()
      if (found) found.mode = on ? { ...RAW } : { canonical: true, echo: true, signals: true }
    },
    onResize(notify) {
      process.on('WINCH', () => {
        const size = terminal()?.size
        if (size) notify(size)
      })
      return () => process.on('WINCH', undefined)
    },
    now: () => process.clock.now(),
    sleep: ms => process.sleep(ms),
    random: letters => process.random.suffix(letters),
    edit: (path, text) => options.edit(process, path, text),
    background(work) {
      const child = process.spawn({ argv: process.argv, program: own => work(ioOf(own, options)) })
      return {
        get done() {
          return process.wait(child.pid).then(() => {})
        },
        stop() {
          try {
            process.kill(child.pid, 'KILL')
          } catch (error) {
            if (!(error instanceof Errno)) throw error
          }
        },
      }
    },
  }
}

function transportOf(
  process: Process,
  { api, server, user = ADMIN }: KubectlProgramOptions,
  config: RestConfig,
): Transport {
  const reach = (): void => {
    if (config.server.replace(/\/$/, '') === server) return
    const host = config.server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
    throw new ConnectionError(`dial tcp ${host}: connect: connection refused`, host)
  }
  const headersOf = (headers: Record<string, string> = {}): Record<string, string> => ({
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(config.token && { authorization: `Bearer ${config.token}` }),
    ...(config.impersonate?.user && { 'impersonate-user': config.impersonate.user }),
    ...(config.impersonate?.uid && { 'impersonate-uid': config.impersonate.uid }),
    ...(config.impersonate?.groups.length && { 'impersonate-group': config.impersonate.groups.join(',') }),
  })
  return {
    async request(path, { method = 'GET', headers, body = '' }: RequestInit = {}): Promise<ApiResponse> {
      reach()
      const response = api.respond({ method, url: path, headers: headersOf(headers), body, user })
      const sent: Record<string, string> = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
      )
      if (response.warnings.length) sent.warning = response.warnings.map(warningHeader).join(', ')
      const head = { status: response.status, header: (name: string) => sent[name] }
      const { body: answer } = response
      if (!isStream(answer)) {
        const text = (): Promise<string> =>
          typeof answer === 'string' ? Promise.resolve(answer) : process.load(answer)
        return {
          ...head,
          text,
          async *chunks() {
            yield await text()
          },
          cancel() {},
        }
      }
      let stop = (): void => {}
      const inbox = new Inbox<string>(process, () => stop())
      stop = answer.open(
        piece => inbox.push(piece),
        () => inbox.end(),
      )
      const chunks = async function* (): AsyncGenerator<string> {
        try {
          for (let piece = await inbox.next(); piece !== undefined; piece = await inbox.next()) yield piece
        } finally {
          stop()
        }
      }
      return {
        ...head,
        chunks,
        cancel: () => stop(),
        async text() {
          let text = ''
          for await (const piece of chunks()) text += piece
          return text
        },
      }
    },
    async channel(path, headers) {
      reach()
      return openChannel(api, process, path, headersOf(headers), user)
    },
  }
}

const filesOf = (process: Process): Files => {
  const at = (path: string): string => absolute(process.cwd, path)
  const kind = (path: string): 'file' | 'directory' | undefined => {
    if (!process.fs.exists(at(path))) return undefined
    return process.fs.stat(at(path)).type === 'directory' ? 'directory' : 'file'
  }
  return {
    async read(path) {
      const found = kind(path)
      if (found === undefined) return undefined
      return process.fs.readFile(at(path))
    },
    async write(path, data, mode) {
      process.fs.writeFile(at(path), data, mode === undefined ? {} : { mode })
    },
    async list(path) {
      return kind(path) === 'directory' ? [...process.fs.readdir(at(path))].sort() : undefined
    },
    kind: async path => kind(path),
    async mkdir(path) {
      if (!kind(path)) process.fs.mkdir(at(path), { recursive: true })
    },
    async remove(path) {
      if (kind(path)) process.fs.unlink(at(path))
    },
  }
}
