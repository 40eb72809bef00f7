/** agnhost: the test program of Kubernetes, with many subcommands. */
import type { Proc } from '../proc.ts'
import type { Process, Program } from '../process.ts'
import { forever, type HttpRequest, type HttpResponse, serveHttp } from '../serving.ts'
import { pauseProgram } from './pause.ts'

type Subcommand = (
  process: Process,
  flag: (name: string, fallback: string) => string,
  args: readonly string[],
) => ReturnType<Program>

const text = (body: string, status = 200): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body,
})

async function listen(
  process: Process,
  port: number,
  handle: (request: HttpRequest, respond: (r: HttpResponse) => void) => void,
): Promise<number | undefined> {
  try {
    serveHttp(process, { port, handle })
    return undefined
  } catch {
    await process.write(2, `F0105 agnhost: listen tcp :${port}: bind: address already in use\n`)
    return 255
  }
}

const netexec: Subcommand = async (process, flag) => {
  const port = Number(flag('http-port', '8080'))
  const udp = Number(flag('udp-port', '8081'))
  let healthy = true
  const failed = await listen(process, port, (request, respond) => {
    const q = (name: string): string => request.query.get(name) ?? ''
    switch (request.path) {
      case '/':
        return respond(
          text(`NOW: ${new Date(process.clock.now()).toISOString().replace('T', ' ').replace('Z', ' +0000 UTC')}`),
        )
      case '/hostname':
      case '/hostName':
        return respond(text(process.hostname))
      case '/clientip':
        return respond(text(`${request.remote.ip}:${request.remote.port}`))
      case '/echo':
        return respond(text(q('msg'), Number(q('code') || 200)))
      case '/healthz':
        return respond(healthy ? text('') : text('', 412))
      case '/header':
        return respond(text(request.headers.get(q('key').toLowerCase()) ?? ''))
      case '/redirect':
        return respond({ status: Number(q('code') || 302), headers: { Location: q('location') } })
      case '/exit':
        process.kill(process.pid, 'USR2')
        return
      case '/shutdown':
        process.kill(process.pid, 'USR2')
        return
      case '/shell': {
        let output = ''
        const child = process.spawn({
          argv: ['/bin/sh', '-c', q('shellCommand') || q('cmd')],
          fds: {
            1: {
              isTerminal: false,
              read: async () => '',
              write: async (_, data) => {
                output += data
              },
              close() {},
            },
          },
        })
        ;(child as Proc).onEnd(() => respond(text(JSON.stringify({ output }))))
        return
      }
      default:
        return respond(text('404 page not found\n', 404))
    }
  })
  if (failed !== undefined) return failed
  if (udp > 0) {
    process.net.listen('UDP', udp, connection => {
      connection.onData(data => {
        const [command = '', ...rest] = data.trim().split(' ')
        connection.send(
          command === 'hostname' || command === 'hostName'
            ? process.hostname
            : command === 'echo'
              ? rest.join(' ')
              : command === 'clientip'
                ? `${connection.remote.ip}:${connection.remote.port}`
                : '',
        )
      })
    })
  }
  process.on('USR2', () => process.exit(0))
  process.on('TERM', () => {
    healthy = false
    process.exit(0)
  })
  await process.write(
    2,
    `I0105 netexec.go: Started HTTP server on port ${port}\nI0105 netexec.go: Started UDP server on port ${udp}\n`,
  )
  return forever(process)
}

/** Healthy for ten seconds, then not: the liveness page's example. */
const liveness: Subcommand = async process => {
  const started = process.clock.now()
  const failed = await listen(process, 8080, (request, respond) => {
    if (request.path !== '/healthz') return respond(text('404 page not found\n', 404))
    const seconds = (process.clock.now() - started) / 1000
    respond(seconds > 10 ? text(`error: ${seconds.toFixed(9)}`, 500) : text('ok'))
  })
  return failed ?? forever(process)
}

const serveHostname: Subcommand = async (process, flag) => {
  const port = Number(flag('port', '9376'))
  const failed = await listen(process, port, (_request, respond) => respond(text(process.hostname)))
  if (failed !== undefined) return failed
  process.on('TERM', () => process.exit(0))
  return forever(process)
}

const porter: Subcommand = async process => {
  for (const [name, body] of Object.entries(process.env)) {
    const port = /^SERVE_PORT_(\d+)$/.exec(name)?.[1]
    if (!port) continue
    const failed = await listen(process, Number(port), (_request, respond) => respond(text(body)))
    if (failed !== undefined) return failed
  }
  return forever(process)
}

const connect: Subcommand = async (process, flag, args) => {
  const seconds = /^([\d.]+)(ms|s|m)?$/.exec(flag('timeout', '0'))
  const timeoutMs = seconds ? Number(seconds[1]) * (seconds[2] === 'ms' ? 1 : seconds[2] === 'm' ? 60_000 : 1000) : 0
  const target = args.find(arg => /:\d+$/.test(arg)) ?? ''
  const at = target.lastIndexOf(':')
  const { connect: open } = await process.load(import('../commands/connect.ts'))
  const opened = await open(process, target.slice(0, at), Number(target.slice(at + 1)), {
    ...(timeoutMs ? { timeoutMs } : {}),
    protocol: flag('protocol', 'tcp').toUpperCase() as 'TCP' | 'UDP',
  })
  if (!('failure' in opened)) {
    opened.stream.close()
    return 0
  }
  const word = {
    ENOTFOUND: 'DNS',
    TIMEOUT: 'TIMEOUT',
    ETIMEDOUT: 'TIMEOUT',
    ECONNREFUSED: 'REFUSED',
    EHOSTUNREACH: 'OTHER',
    ENETUNREACH: 'OTHER',
  }[opened.failure]
  await process.write(2, `${word}${word === 'OTHER' ? `: ${opened.message}` : ''}\n`)
  return 1
}

const entrypointTester: Subcommand = async (process, _flag, args) => {
  await process.write(1, `[${[process.argv[0], 'entrypoint-tester', ...args].join(' ')}]\n`)
}

const logsGenerator: Subcommand = async (process, flag) => {
  const total = Number(flag('log-lines-total', '1'))
  const ms = (text: string): number => Number(text.replace(/m?s$/, '')) * (/ms$/.test(text) ? 1 : 1000)
  const interval = ms(flag('run-duration', '1s')) / Math.max(1, total)
  for (let i = 0; i < total; i++) {
    await process.write(
      1,
      `I${new Date(process.clock.now()).toISOString().slice(5, 19).replace('-', '').replace('T', ' ')} 1 logs_generator.go:76] ${i} GET /api/v1/namespaces/ns/pods/${process.random.suffix(4)} ${200 + process.random.int(400)}\n`,
    )
    await process.sleep(interval)
  }
}

/** mounttest: what it finds at a path. */
const mounttest: Subcommand = async (process, flag) => {
  const { fs } = process
  const say = (line: string): Promise<void> => process.write(1, `${line}\n`)
  for (const name of [
    'file_content',
    'file_content_in_loop',
    'file_mode',
    'file_perm',
    'fs_type',
    'file_owner',
    'new_file_0644',
    'new_file_0666',
    'new_file_0777',
  ]) {
    const path = flag(name, '')
    if (!path) continue
    try {
      if (name === 'file_content') await say(`content of file "${path}": ${fs.readFile(path)}`)
      else if (name === 'file_content_in_loop') {
        for (let i = 0; i < Number(flag('retry_time', '180')); i++) {
          await say(`content of file "${path}": ${fs.exists(path) ? fs.readFile(path) : ''}`)
          await process.sleep(1000)
        }
      } else if (name === 'file_mode' || name === 'file_perm') {
        const { mode, type } = fs.stat(path)
        const bits = [6, 3, 0]
          .map(shift => ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx'][(mode >> shift) & 7])
          .join('')
        await say(
          name === 'file_mode'
            ? `mode of file "${path}": ${type === 'directory' ? 'd' : '-'}${bits}`
            : `perms of file "${path}": -${bits}`,
        )
      } else if (name === 'file_owner')
        await say(`owner UID of "${path}": ${fs.stat(path).uid}\nowner GID of "${path}": ${fs.stat(path).gid}`)
      else if (name === 'fs_type')
        await say(
          `mount type of "${path}": ${fs.mounts().findLast(m => path === m.path || path.startsWith(`${m.path}/`))?.type ?? 'overlay'}`,
        )
      else {
        fs.writeFile(path, 'mount-tester new file\n', { mode: Number.parseInt(name.slice(-4), 8) })
        await say(`mount-tester new file`)
      }
    } catch (error) {
      await say(`error reading file content for "${path}": open ${path}: ${(error as Error).message.toLowerCase()}`)
    }
  }
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  netexec,
  liveness,
  pause: process => pauseProgram(process),
  'serve-hostname': serveHostname,
  porter,
  connect,
  'entrypoint-tester': entrypointTester,
  'logs-generator': logsGenerator,
  mounttest,
  'test-webserver': async process =>
    (await listen(process, 80, (request, respond) =>
      respond(
        text(
          process.fs.exists(request.path) && process.fs.stat(request.path).type === 'file'
            ? process.fs.readFile(request.path)
            : 'ok',
        ),
      ),
    )) ?? forever(process),
  help: process =>
    process.write(
      1,
      `Usage:\n  app [command]\n\nAvailable Commands:\n${Object.keys(SUBCOMMANDS)
        .map(name => `  ${name}\n`)
        .join('')}`,
    ),
}

export const agnhost: Program = async process => {
  const [name = 'help', ...args] = process.argv.slice(1)
  process.memory = 8_000_000
  if (name === '--version') return process.write(1, 'agnhost version 2.53\n').then(() => 0)
  const subcommand = SUBCOMMANDS[name]
  if (!subcommand) {
    await process.write(2, `agnhost: ${name}: not simulated\n`)
    return 126
  }
  const flag = (wanted: string, fallback: string): string => {
    for (const [i, arg] of args.entries()) {
      if (arg === `--${wanted}`) return args[i + 1] ?? fallback
      if (arg.startsWith(`--${wanted}=`)) return arg.slice(wanted.length + 3)
    }
    return fallback
  }
  // Go's runtime ends a program that asks for no signals with 2 where the kernel spares it, as it does PID 1.
  if (process.pid === 1) for (const signal of ['HUP', 'INT', 'TERM'] as const) process.on(signal, () => process.exit(2))
  return subcommand(process, flag, args)
}
