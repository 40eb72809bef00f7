/** Pods that share what is the node's: its processes, its IPC; and Pods whose users are not the node's. */
import { describe, expect, it } from 'vitest'
import { machine } from '../testing.ts'

const SANDBOX = {
  namespace: 'default',
  nodeName: 'node-1',
  hostNetwork: false,
  shareProcessNamespace: false,
  resolvConf: '',
  hosts: () => '',
}

function pods() {
  const m = machine()
  const sandbox = (name: string, more: object = {}) =>
    m.runtime.createSandbox({ ...SANDBOX, name, uid: name, hostname: name, ...more })
  const sleeper = (name: string, more: object = {}) =>
    m.run('busybox:1.36', { name, command: ['sleep', '1000'] }, sandbox(name, more))
  return { m, sandbox, sleeper }
}

describe('hostPID', () => {
  it('shows the processes of the node and of all its containers, by the node’s numbers', async () => {
    const { m, sleeper } = pods()
    sleeper('web')
    const seer = sleeper('seer', { hostPID: true })
    await m.clock.advance(10)
    const { out } = await m.exec(seer, ['ps', '-o', 'pid,ppid,args'])
    expect(out).toContain('/usr/bin/kubelet')
    expect(out.match(/sleep 1000/g)).toHaveLength(2)
    expect((await m.exec(seer, ['cat', '/proc/1/comm'])).out).toBe('init\n')
  })

  it('shows the shim and the pause of each Pod, for as long as the Pod is there', async () => {
    const { m, sandbox, sleeper } = pods()
    const web = sandbox('web')
    m.run('busybox:1.36', { command: ['sleep', '1000'] }, web)
    const seer = sleeper('seer', { hostPID: true })
    const count = async () => (await m.exec(seer, ['sh', '-c', 'pidof pause | wc -w; ps -o comm | grep -c shim'])).out
    await m.clock.advance(10)
    expect(await count()).toBe('2\n2\n')
    const { out } = await m.exec(seer, ['sh', '-c', `ps -o args | grep '[-]id ${web.id}'`])
    expect(out).toContain('/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ')
    m.runtime.removeSandbox(web)
    expect(await count()).toBe('1\n1\n')
  })

  it('leaves its container without a process that signals spare', async () => {
    const { m, sleeper } = pods()
    const [plain, seer] = [sleeper('web'), sleeper('seer', { hostPID: true })]
    await m.clock.advance(10)
    plain.kill('TERM')
    seer.kill('TERM')
    await m.clock.advance(10)
    expect(plain.state.state).toBe('running')
    expect(seer.state).toMatchObject({ state: 'exited', status: { code: 143 } })
  })

  it('lets root end a process of another Pod, also the first one', async () => {
    const { m, sleeper } = pods()
    const victim = sleeper('web')
    const seer = sleeper('seer', { hostPID: true })
    await m.clock.advance(10)
    const script = 'for p in $(pidof sleep); do grep -q web /proc/$p/environ && kill -9 $p; done; echo sent'
    expect((await m.exec(seer, ['sh', '-c', script])).out).toBe('sent\n')
    expect(victim.state).toMatchObject({ state: 'exited', status: { code: 137 } })
    expect(seer.state.state).toBe('running')
  })

  it('is not given to others: they see their own', async () => {
    const { m, sleeper } = pods()
    const plain = sleeper('web')
    sleeper('seer', { hostPID: true })
    await m.clock.advance(10)
    expect((await m.exec(plain, ['sh', '-c', 'ls /proc | grep -c "^[0-9]"; echo $$'])).out).toMatch(
      /^[234]\n\d{1,2}\n$/,
    )
  })
})

describe('hostIPC', () => {
  it('shares /dev/shm with the node and with all others who have it', async () => {
    const { m, sleeper } = pods()
    const [one, two, other] = [sleeper('one', { hostIPC: true }), sleeper('two', { hostIPC: true }), sleeper('other')]
    await m.clock.advance(10)
    await m.exec(one, ['sh', '-c', 'echo seen > /dev/shm/note'])
    expect((await m.exec(two, ['cat', '/dev/shm/note'])).out).toBe('seen\n')
    expect((await m.exec(other, ['ls', '/dev/shm'])).out).toBe('')
  })
})

describe('namespaces', () => {
  const number = async (pod: ReturnType<typeof pods>, name: string, more: object, kind: string) => {
    const container = pod.sleeper(name, more)
    await pod.m.clock.advance(10)
    return (await pod.m.exec(container, ['readlink', `/proc/self/ns/${kind}`])).out
  }

  it('have the node’s numbers where they are the node’s', async () => {
    const pod = pods()
    expect(await number(pod, 'a', { hostPID: true }, 'pid')).toBe('pid:[4026531836]\n')
    expect(await number(pod, 'b', { hostIPC: true }, 'ipc')).toBe('ipc:[4026531839]\n')
    expect(await number(pod, 'c', {}, 'user')).toBe('user:[4026531837]\n')
    const [one, two] = [await number(pod, 'd', {}, 'net'), await number(pod, 'e', {}, 'net')]
    expect(one).not.toBe(two)
  })

  it('of users map root to an id of the node that is not root', async () => {
    const { m, sleeper } = pods()
    const [own, hosts] = [sleeper('own', { userNamespace: 65_536 }), sleeper('hosts')]
    await m.clock.advance(10)
    const look = ['sh', '-c', 'cat /proc/self/uid_map; id -u']
    expect((await m.exec(own, look)).out).toBe('         0      65536      65536\n0\n')
    expect((await m.exec(hosts, look)).out).toBe('         0          0 4294967295\n0\n')
  })
})

describe('a fork bomb', () => {
  it('ends at the memory of its container', async () => {
    const { m, sandbox } = pods()
    const bomb = m.run(
      'busybox:1.36',
      { command: ['sh', '-c', 'f() { f | f & }; f; sleep 1000'], memoryBytes: 32 * 2 ** 20 },
      sandbox('bomb'),
    )
    await m.clock.advance(60_000)
    expect(bomb.state).toMatchObject({ state: 'exited', status: { code: 137, oomKilled: true } })
  })
})
