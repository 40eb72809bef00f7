/** Real processes of the machine as containers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import { Random } from '../../clock/random.ts'
import { Switch } from '../../network/switch.ts'
import { contract, type Programs } from '../cri.contract.ts'
import { createVolume } from '../files/volume.ts'
import { finish, PLAIN } from '../testing.ts'
import { ProcessRuntime } from './runtime.node.ts'

const node = (code: string): string[] => ['node', '-e', code]
const text = JSON.stringify

const PROGRAMS: Programs = {
  print: (out, err, code) => node(`console.log(${text(out)}); console.error(${text(err)}); process.exitCode = ${code}`),
  idle: node("console.log('idle'); setInterval(() => {}, 1e9)"),
  graceful: node(
    "process.on('SIGTERM', () => { console.log('bye'); process.exitCode = 3; clearInterval(busy) }); const busy = setInterval(() => {}, 1e9); console.log('ready')",
  ),
  serve: port =>
    node(
      `require('node:http').createServer((q, a) => a.end('hello ' + q.url)).listen(${port}).on('error', e => { console.log(e.message); process.exit(1) })`,
    ),
  copy: code => node(`process.stdin.pipe(process.stdout); process.exitCode = ${code}`),
  tell: variable => node(`console.log(process.env[${text(variable)}]); console.log(process.cwd())`),
  write: (path, words) => node(`require('node:fs').writeFileSync(${text(path)}, ${text(words)})`),
  read: path => node(`console.log(require('node:fs').readFileSync(${text(path)}, 'utf8'))`),
}

const open: { runtime: ProcessRuntime; folder: string }[] = []
afterEach(() => {
  for (const { runtime, folder } of open.splice(0)) {
    runtime.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

function machine() {
  const clock = new Clock()
  const network = new Switch(clock)
  network.addNode('node-1', { ip: '192.168.49.2', podCIDR: '10.244.0.0/20' })
  const folder = mkdtempSync(join(tmpdir(), 'podlab-test-'))
  const random = new Random('test')
  const runtime = new ProcessRuntime({ clock, random, network, nodeName: 'node-1', folder })
  open.push({ runtime, folder })
  const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 10))
  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; i < 1500 && !holds(); i++) {
      await clock.advance(10)
      await pause()
    }
    expect(holds()).toBe(true)
  }
  /** Whatever the state of the machine, a process that is not told to end has had its chance by now. */
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 30; i++) {
      await clock.advance(10)
      await pause()
    }
  }
  return { clock, network, runtime, folder, until, rest }
}

contract('real processes', () => {
  const { clock, runtime, until, rest } = machine()
  return {
    runtime,
    image: 'node:22',
    programs: PROGRAMS,
    until,
    skip: holds => finish(clock, holds, 120_000),
    rest,
    createVolume: () => createVolume(clock),
    namespaceOf: sandbox => runtime.namespaceOf(sandbox),
  }
})

test('a server that listens on 127.0.0.1 is reached within its Pod and by port-forward, but by no probe', async () => {
  const { clock, runtime, until } = machine()
  await clock.advance(0)
  runtime.preload('node:22')
  const sandbox = runtime.createSandbox({
    namespace: 'default',
    name: 'shy',
    uid: 'u',
    nodeName: 'node-1',
    hostname: 'shy',
    hostNetwork: false,
    shareProcessNamespace: false,
    resolvConf: '',
    hosts: () => '',
  })
  const code =
    "const s = require('node:net').createServer(c => c.end('hello')).listen(8080, '127.0.0.1', () => console.log(s.address()))"
  const container = runtime.createContainer(sandbox, { ...PLAIN, image: 'node:22', command: node(code) })
  container.start()
  await until(() => container.logs.lines().length > 0)
  expect(container.logs.lines()[0]?.text).toBe("{ address: '127.0.0.1', family: 'IPv4', port: 8080 }")
  let probed: boolean | undefined
  runtime.tcpDial({ ip: sandbox.ips[0]!, port: 8080 }, 1000, ({ ok }) => {
    probed = ok
  })
  let heard = ''
  runtime.connect(sandbox, 8080, result => {
    if ('stream' in result)
      result.stream.onData(data => {
        heard += data
      })
  })
  await until(() => probed !== undefined && heard === 'hello')
  expect(probed).toBe(false)
})
