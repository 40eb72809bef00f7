/**
 * The faults of a cluster, in one table: commands in the terminal (`podlab node stop worker-1`), buttons, and lessons
 * all take it from here. Whatever happens can be undone.
 */

export const RESOURCES = ['memory', 'disk', 'pid'] as const
export type Resource = (typeof RESOURCES)[number]

/** Faults of a node, which its kubelet carries out. */
interface Machine {
  powerOff(): void
  powerOn(): void
  /** The kubelet's process. */
  stop(): void
  start(): void
  restart(): void
  readonly isPowered: boolean
  readonly isRunning: boolean
  /** Something outside the Pods takes nearly all of a resource, or gives it back. */
  strain(resource: Resource, on: boolean): void
  /** @returns whether it ran here */
  killContainer(namespace: string, pod: string, container: string): boolean
}

/** The part of a cluster that things happen to. */
export interface Breakable {
  readonly kubelets: ReadonlyMap<string, Machine>
  readonly network: { setPartitioned(nodeName: string, partitioned: boolean): void }
  readonly controlPlane: {
    stop(): void
    start(): void
    restart(): void
    setLinked(node: string, linked: boolean): void
  }
  readonly registries: { up: boolean }
}

export type Argument = 'NODE' | 'RESOURCE' | '[NAMESPACE/]POD/CONTAINER'

export interface Fault {
  /** Names it where words are translated: `node-stop`. */
  id: string
  words: readonly [string, string]
  arguments: readonly Argument[]
  /** The id of what takes it back, with the same arguments; what is over by itself has none. */
  undo?: string
  does: string
  /** What is wrong with the arguments, if anything. */
  run(cluster: Breakable, ...given: string[]): string | undefined
}

const onNode =
  (act: (machine: Machine, cluster: Breakable, ...given: string[]) => string | undefined): Fault['run'] =>
  (cluster, name = '', ...more) => {
    const machine = cluster.kubelets.get(name)
    return machine ? act(machine, cluster, name, ...more) : `there is no node "${name}"`
  }

/** For what can only be done to a node that has power. */
const onPoweredNode = (act: (machine: Machine) => void): Fault['run'] =>
  onNode((machine, _, name) => {
    if (!machine.isPowered) return `node "${name}" has no power`
    act(machine)
    return undefined
  })

const strain = (on: boolean): Fault['run'] =>
  onNode((machine, _cluster, _name, resource = '') => {
    const known = RESOURCES.find(r => r === resource)
    if (!known) return `there is no resource "${resource}": it is one of ${RESOURCES.join(', ')}`
    machine.strain(known, on)
    return undefined
  })

export const FAULTS: readonly Fault[] = [
  {
    id: 'node-stop',
    words: ['node', 'stop'],
    arguments: ['NODE'],
    undo: 'node-start',
    does: 'cut the power of a node',
    run: onNode((machine, { network }, name) => {
      machine.powerOff()
      network.setPartitioned(name, true)
      return undefined
    }),
  },
  {
    id: 'node-start',
    words: ['node', 'start'],
    arguments: ['NODE'],
    does: 'give it back',
    run: onNode((machine, { network }, name) => {
      network.setPartitioned(name, false)
      machine.powerOn()
      return undefined
    }),
  },
  {
    id: 'node-disconnect',
    words: ['node', 'disconnect'],
    arguments: ['NODE'],
    undo: 'node-connect',
    does: 'unplug the network of a node; its containers go on',
    run: onNode((_, { network, controlPlane }, name) => {
      network.setPartitioned(name, true)
      controlPlane.setLinked(name, false)
      return undefined
    }),
  },
  {
    id: 'node-connect',
    words: ['node', 'connect'],
    arguments: ['NODE'],
    does: 'plug it in again',
    run: onNode((_, { network, controlPlane }, name) => {
      network.setPartitioned(name, false)
      controlPlane.setLinked(name, true)
      return undefined
    }),
  },
  {
    id: 'node-pressure',
    words: ['node', 'pressure'],
    arguments: ['NODE', 'RESOURCE'],
    undo: 'node-relieve',
    does: `let a node run out of ${RESOURCES.slice(0, -1).join(', ')} or ${RESOURCES.at(-1)}`,
    run: strain(true),
  },
  {
    id: 'node-relieve',
    words: ['node', 'relieve'],
    arguments: ['NODE', 'RESOURCE'],
    does: 'let it have enough again',
    run: strain(false),
  },
  {
    id: 'kubelet-stop',
    words: ['kubelet', 'stop'],
    arguments: ['NODE'],
    undo: 'kubelet-start',
    does: 'stop the kubelet of a node; its containers go on',
    run: onPoweredNode(machine => machine.stop()),
  },
  {
    id: 'kubelet-start',
    words: ['kubelet', 'start'],
    arguments: ['NODE'],
    does: 'start it again',
    run: onPoweredNode(machine => machine.start()),
  },
  {
    id: 'kubelet-restart',
    words: ['kubelet', 'restart'],
    arguments: ['NODE'],
    does: 'stop it and start it at once',
    run: onPoweredNode(machine => machine.restart()),
  },
  {
    id: 'container-kill',
    words: ['container', 'kill'],
    arguments: ['[NAMESPACE/]POD/CONTAINER'],
    does: 'kill the first process of a container',
    run(cluster, argument = '') {
      const parts = argument.split('/')
      if (parts.some(part => !part) || parts.length < 2 || parts.length > 3) return 'name it POD/CONTAINER'
      const [namespace, pod, container] = (parts.length === 2 ? ['default', ...parts] : parts) as [
        string,
        string,
        string,
      ]
      for (const machine of cluster.kubelets.values())
        if (machine.killContainer(namespace, pod, container)) return undefined
      return `no container "${container}" is running in a pod "${pod}"`
    },
  },
  {
    id: 'registry-stop',
    words: ['registry', 'stop'],
    arguments: [],
    undo: 'registry-start',
    does: 'let the image registries answer nobody',
    run({ registries }) {
      registries.up = false
      return undefined
    },
  },
  {
    id: 'registry-start',
    words: ['registry', 'start'],
    arguments: [],
    does: 'let them answer again',
    run({ registries }) {
      registries.up = true
      return undefined
    },
  },
  {
    id: 'apiserver-stop',
    words: ['apiserver', 'stop'],
    arguments: [],
    undo: 'apiserver-start',
    does: 'stop the API server; controllers and scheduler stand still',
    run({ controlPlane }) {
      controlPlane.stop()
      return undefined
    },
  },
  {
    id: 'apiserver-start',
    words: ['apiserver', 'start'],
    arguments: [],
    does: 'start it again',
    run({ controlPlane }) {
      controlPlane.start()
      return undefined
    },
  },
  {
    id: 'apiserver-restart',
    words: ['apiserver', 'restart'],
    arguments: [],
    does: 'stop it; it is back in ten seconds',
    run({ controlPlane }) {
      controlPlane.restart()
      return undefined
    },
  },
]

/** All that may happen to one node, as buttons need it. @returns `key` names it where words are translated: `node pressure memory` */
export function faultsOfNode(node: string): { key: string; command: string }[] {
  return FAULTS.filter(f => f.arguments[0] === 'NODE').flatMap(({ words, arguments: [, resource] }) => {
    const line = words.join(' ')
    if (!resource) return [{ key: line, command: `${line} ${node}` }]
    return RESOURCES.map(r => ({ key: `${line} ${r}`, command: `${line} ${node} ${r}` }))
  })
}

const usageOf = (fault: Fault): string => [...fault.words, ...fault.arguments].join(' ')

export function faultUsage(): string {
  const lines = FAULTS.map(f => `  podlab ${usageOf(f).padEnd(42)} ${f.does}\n`)
  return `Things that may happen to the cluster:\n\n${lines.join('')}`
}

/** Makes it happen. Returns what is wrong with the command, or undefined. */
export function applyFault(cluster: Breakable, command: string): string | undefined {
  const [first, second, ...given] = command.trim().split(/\s+/)
  const fault = FAULTS.find(f => f.words[0] === first && f.words[1] === second)
  if (!fault) return `unknown command "${command}"`
  if (given.length !== fault.arguments.length) return `use it as podlab ${usageOf(fault)}`
  return fault.run(cluster, ...given)
}
