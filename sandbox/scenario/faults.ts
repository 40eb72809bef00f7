/** What may happen to a cluster: `podlab node stop worker-1`, by a button or in the terminal. */

/** What can happen to a node; its kubelet does it. */
interface Machine {
  powerOff(): void
  powerOn(): void
  setConnected(connected: boolean): void
  /** @returns whether it ran here */
  killContainer(namespace: string, pod: string, container: string): boolean
}

/** The part of a cluster that things happen to. */
export interface Breakable {
  readonly kubelets: ReadonlyMap<string, Machine>
  readonly network: { setPartitioned(nodeName: string, partitioned: boolean): void }
}

interface Fault {
  words: readonly [string, string]
  argument: 'NODE' | 'POD/CONTAINER'
  does: string
  /** What is wrong with the argument, if anything. */
  run(cluster: Breakable, argument: string): string | undefined
}

const onNode =
  (act: (machine: Machine, partition: (cut: boolean) => void) => void): Fault['run'] =>
  (cluster, name) => {
    const machine = cluster.kubelets.get(name)
    if (!machine) return `there is no node "${name}"`
    act(machine, cut => cluster.network.setPartitioned(name, cut))
    return undefined
  }

export const FAULTS: readonly Fault[] = [
  {
    words: ['node', 'stop'],
    argument: 'NODE',
    does: 'cut the power of a node',
    run: onNode((machine, partition) => {
      machine.powerOff()
      partition(true)
    }),
  },
  {
    words: ['node', 'start'],
    argument: 'NODE',
    does: 'give it back',
    run: onNode((machine, partition) => {
      partition(false)
      machine.powerOn()
    }),
  },
  {
    words: ['node', 'disconnect'],
    argument: 'NODE',
    does: 'unplug the network of a node; its containers go on',
    run: onNode((machine, partition) => {
      partition(true)
      machine.setConnected(false)
    }),
  },
  {
    words: ['node', 'connect'],
    argument: 'NODE',
    does: 'plug it in again',
    run: onNode((machine, partition) => {
      partition(false)
      machine.setConnected(true)
    }),
  },
  {
    words: ['container', 'kill'],
    argument: 'POD/CONTAINER',
    does: 'kill the first process of a container',
    run: (cluster, argument) => {
      const [pod, container, ...more] = argument.split('/')
      if (!pod || !container || more.length) return 'name it POD/CONTAINER'
      for (const machine of cluster.kubelets.values())
        if (machine.killContainer('default', pod, container)) return undefined
      return `no container "${container}" is running in a pod "${pod}"`
    },
  },
]

export const faultUsage = (): string =>
  `Things that may happen to the cluster:\n\n${FAULTS.map(f => `  podlab ${[...f.words, f.argument].join(' ').padEnd(34)} ${f.does}\n`).join('')}`

/** Makes it happen. Returns what is wrong with the command, or undefined. */
export function applyFault(cluster: Breakable, command: string): string | undefined {
  const [first, second, argument, ...more] = command.trim().split(/\s+/)
  const fault = FAULTS.find(f => f.words[0] === first && f.words[1] === second)
  if (!fault) return `unknown command "${command}"`
  if (!argument || more.length) return `${fault.words.join(' ')} takes one ${fault.argument}`
  return fault.run(cluster, argument)
}
