/** A machine for tests: one node, its runtime, and containers whose output can be waited for. */
import { Clock } from '../clock/clock.ts'
import { Random } from '../clock/random.ts'
import { Switch } from '../network/switch.ts'
import { Containerd } from './containers/containerd.ts'
import type { Container, ContainerConfig, Sandbox } from './cri.ts'

/** A container with nothing but its image. */
export const PLAIN: Omit<ContainerConfig, 'image'> = {
  name: 'main',
  attempt: 0,
  env: {},
  mounts: [],
  stdin: false,
  stdinOnce: false,
  tty: false,
  readOnlyRootFilesystem: false,
  privileged: false,
  capabilities: { add: [], drop: [] },
}

/** All that a container has logged. */
export const logOf = (container: Container): string =>
  container.logs
    .lines()
    .map(({ text }) => `${text}\n`)
    .join('')

export interface Machine {
  clock: Clock
  network: Switch
  runtime: Containerd
  sandbox(name?: string, options?: { shareProcessNamespace?: boolean }): Sandbox
  run(image: string, config?: Partial<ContainerConfig>, sandbox?: Sandbox): Container
  /** Runs a command in a container to its end, at most `ms`. */
  exec(
    container: Container,
    argv: readonly string[],
    options?: { stdin?: string; ms?: number },
  ): Promise<{ code: number | undefined; out: string; err: string }>
  /** Runs a script in a new busybox container (or another image) to its end. */
  sh(
    script: string,
    options?: { image?: string; ms?: number },
  ): Promise<{ code: number | undefined; out: string; err: string }>
}

export function machine(seed = 'test', { memoryBytes }: { memoryBytes?: number } = {}): Machine {
  const clock = new Clock()
  const network = new Switch(clock)
  network.addNode('node-1', { ip: '192.168.49.2', podCIDR: '10.244.0.0/20' })
  const runtime = new Containerd({
    clock,
    random: new Random(seed),
    network,
    nodeName: 'node-1',
    ...(memoryBytes !== undefined && { memoryBytes }),
  })
  let shared: Sandbox | undefined
  const self: Machine = {
    clock,
    network,
    runtime,
    sandbox: (name = 'pod', options = {}) =>
      runtime.createSandbox({
        namespace: 'default',
        name,
        uid: name,
        nodeName: 'node-1',
        hostname: name,
        hostNetwork: false,
        shareProcessNamespace: options.shareProcessNamespace ?? false,
        resolvConf:
          'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
        hosts: () => `127.0.0.1\tlocalhost\n10.244.0.9\t${name}\n`,
      }),
    run(image, config = {}, sandbox = (shared ??= self.sandbox())) {
      runtime.preload(image)
      const container = runtime.createContainer(sandbox, { ...PLAIN, image, ...config })
      container.start()
      return container
    },
    async exec(container, argv, { stdin, ms = 60_000 } = {}) {
      const session = container.exec({ argv, stdin: stdin !== undefined })
      const result = { code: undefined as number | undefined, out: '', err: '' }
      session.onOutput((stream, data) => {
        result[stream === 'stdout' ? 'out' : 'err'] += data
      })
      session.onExit(status => {
        result.code = status.code
      })
      if (stdin !== undefined) {
        session.writeStdin(stdin)
        session.closeStdin()
      }
      await finish(clock, () => result.code !== undefined, ms)
      return result
    },
    async sh(script, { image = 'busybox:1.36', ms = 60_000 } = {}) {
      const container = self.run(image, { command: ['sh', '-c', script] })
      await finish(clock, () => container.state.state === 'exited', ms)
      const text = (stream: string): string =>
        container.logs
          .lines()
          .filter(l => l.stream === stream)
          .map(l => l.text + (l.partial ? '' : '\n'))
          .join('')
      return {
        code: container.state.state === 'exited' ? container.state.status.code : undefined,
        out: text('stdout'),
        err: text('stderr'),
      }
    },
  }
  return self
}

/** Lets time pass until something holds. */
export async function finish(clock: Clock, done: () => boolean, ms: number): Promise<void> {
  const end = clock.now() + ms
  await clock.settle()
  while (!done() && clock.now() < end) {
    const at = clock.nextEventAt()
    await clock.advance(at === undefined ? end - clock.now() : Math.min(at, end) - clock.now())
  }
}
