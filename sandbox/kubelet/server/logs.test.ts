/** Logs of containers as the kubelet serves them. */
import { describe, expect, it } from 'vitest'
import type { LogOptions } from '../../api/egress/node-proxy.ts'
import type { LogLine } from '../../runtime/cri.ts'
import { testNode } from '../testing.ts'
import { logStream } from './logs.ts'
import { nodeProxy } from './node-proxy.ts'

const OPTIONS: LogOptions = { container: 'app', follow: false, previous: false, timestamps: false }
const NOW = Date.UTC(2026, 0, 5, 9)

/** Logs that can still grow. */
function growing(lines: LogLine[]) {
  const listeners = new Set<() => void>()
  const logs = {
    ended: false,
    lines: (from = 0) => lines.slice(from),
    follow(notify: () => void) {
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
  }
  const tell = (): void => {
    for (const notify of [...listeners]) notify()
  }
  return {
    logs,
    add(line: LogLine) {
      if (lines.at(-1)?.partial) lines[lines.length - 1] = line
      else lines.push(line)
      tell()
    },
    end() {
      logs.ended = true
      tell()
    },
  }
}

const line = (text: string, secondsAgo = 0, partial = false, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  time: NOW - secondsAgo * 1000,
  stream,
  text,
  partial,
})

function read(lines: LogLine[], options: Partial<LogOptions>): string {
  let text = ''
  logStream(growing(lines).logs, { ...OPTIONS, ...options }, NOW).open(
    piece => {
      text += piece
    },
    () => {},
  )
  return text
}

describe('logs', () => {
  const three = [line('one', 30), line('two', 20, false, 'stderr'), line('three', 10)]

  it('come whole, or only their end, or from a time on, or only so many bytes', () => {
    expect(read(three, {})).toBe('one\ntwo\nthree\n')
    expect(read(three, { tailLines: 2 })).toBe('two\nthree\n')
    expect(read(three, { tailLines: 0 })).toBe('')
    expect(read(three, { sinceSeconds: 25 })).toBe('two\nthree\n')
    expect(read(three, { sinceTime: new Date(NOW - 15_000).toISOString() })).toBe('three\n')
    expect(read(three, { limitBytes: 5 })).toBe('one\nt')
    expect(read(three, { stream: 'Stderr' })).toBe('two\n')
    expect(read([line('x', 1)], { timestamps: true })).toBe('2026-01-05T08:59:59.000000000Z x\n')
    expect(read([line('no end', 1, true)], {})).toBe('no end')
  })

  it('are followed until the container ends, a growing line in pieces', () => {
    const growth = growing([line('one')])
    let text = ''
    let ended = false
    logStream(growth.logs, { ...OPTIONS, follow: true }, NOW).open(
      piece => {
        text += piece
      },
      () => {
        ended = true
      },
    )
    growth.add(line('tw', 0, true))
    expect(text).toBe('one\ntw')
    growth.add(line('two'))
    expect(text).toBe('one\ntwo\n')
    expect(ended).toBe(false)
    growth.end()
    expect(ended).toBe(true)
  })

  it('are refused in the words of the kubelet', async () => {
    const node = testNode()
    const proxy = nodeProxy(name => (name === 'node-1' ? node.kubelet : undefined))
    node.run('web', { containers: [{ image: 'Bad:1' }] })
    node.run('good', {})
    await node.pass(3)
    expect(() => proxy.logs(node.get('web'), OPTIONS)).toThrow(
      'container "app" in pod "web" is waiting to start: InvalidImageName',
    )
    expect(() => proxy.logs(node.get('good'), { ...OPTIONS, previous: true })).toThrow(
      'previous terminated container "app" in pod "good" not found',
    )
    expect(() => proxy.checkConnect(node.get('web'), 'app', 'exec')).toThrow(
      'unable to upgrade connection: container not found ("app")',
    )
    node.kubelet.powerOff()
    expect(() => proxy.logs(node.get('good'), OPTIONS)).toThrow(
      'Get "https://192.168.49.2:10250/containerLogs/default/good/app": dial tcp 192.168.49.2:10250: connect: no route to host',
    )
  })
})

describe('logs that are no more', () => {
  const said = (node: ReturnType<typeof testNode>, name: string, previous = false): string => {
    let text = ''
    const stream = nodeProxy(() => node.kubelet).logs(node.get(name), { ...OPTIONS, previous })
    stream.open(
      piece => {
        text += piece
      },
      () => {},
    )
    return text
  }

  it('are those of a run before the last: it is cleared away when the last has ended', async () => {
    const node = testNode()
    node.run('web', {})
    await node.pass(3)
    node.runtime.find('app').end({ code: 1 })
    await node.pass(3)
    expect(node.state('web').restartCount).toBe(1)
    expect(said(node, 'web', true), 'while the next one runs').toBe('')
    const first = node.state('web').lastState?.terminated?.containerID
    node.runtime.find('app').end({ code: 2 })
    await node.pass(2)
    expect(node.state('web').state?.terminated?.exitCode).toBe(2)
    expect(said(node, 'web', true)).toBe(`unable to retrieve container logs for ${first}`)
  })

  it('are those of a Pod that was evicted', async () => {
    const node = testNode('e', { memory: '1Gi' })
    node.run('greedy', {})
    await node.pass(3)
    node.runtime.find('app').memoryBytes = 990 * 2 ** 20
    await node.pass(45)
    const { phase, containerStatuses } = node.get('greedy').status
    expect(phase).toBe('Failed')
    const { containerID } = containerStatuses![0]!.state!.terminated!
    expect(said(node, 'greedy')).toBe(`unable to retrieve container logs for ${containerID}`)
  })
})

it('last words of all containers of a Pod share twelve kibibytes evenly', async () => {
  const node = testNode()
  const containers = ['a', 'b', 'c', 'd'].map(name => ({
    name,
    command: ['run', 'message', 'x'.repeat(4000), 'exit', '0'],
  }))
  node.run('wordy', { restartPolicy: 'Never', containers })
  await node.pass(5)
  expect(node.state('wordy', 'a').state?.terminated?.message).toHaveLength(3072)
})

it('attaching to a container went well however the container ends', async () => {
  const node = testNode()
  const proxy = nodeProxy(() => node.kubelet)
  node.run('web', { restartPolicy: 'Never' })
  await node.pass(3)
  const ends: unknown[] = []
  proxy.attach(node.get('web'), { container: 'app', stdin: false, tty: false }).onExit(end => ends.push(end))
  node.runtime.find('app').end({ code: 3 })
  await node.pass(3)
  expect(node.get('web').status.containerStatuses![0]!.state!.terminated!.exitCode).toBe(3)
  expect(ends).toEqual([{ code: 0 }])
})
