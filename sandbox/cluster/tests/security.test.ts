/** Security contexts: sysctls, privileges, users. */
import { describe, expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { AGNHOST, BUSYBOX, world } from '../testing.ts'

const once = (command: readonly string[], spec: object = {}, container: object = {}) => ({
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: BUSYBOX, command, ...container }],
  ...spec,
})

describe('kernel parameters', () => {
  it('that are safe are set for the Pod, others keep it from the node', async () => {
    const w = await world()
    const sysctls = (name: string, value: string) => ({ securityContext: { sysctls: [{ name, value }] } })
    await w.run('safe', once(['/bin/sysctl', 'kernel.shm_rmid_forced'], sysctls('kernel.shm_rmid_forced', '1')))
    expect(w.logs('safe')).toBe('kernel.shm_rmid_forced = 1\n')
    await w.run('plain', once(['cat', '/proc/sys/kernel/shm_rmid_forced']))
    expect(w.logs('plain')).toBe('0\n')
    await w.run('unsafe', once(['true'], sysctls('kernel.msgmax', '65536')))
    const { status } = w.pod('unsafe')
    expect(status).toMatchObject({
      phase: 'Failed',
      reason: 'SysctlForbidden',
      message: 'Pod was rejected: forbidden sysctl: "kernel.msgmax" not allowlisted',
    })
    expect(status, 'who was never taken in has no conditions and no containers').not.toHaveProperty('conditions')
    expect(status).not.toHaveProperty('containerStatuses')
  })

  it('of several numbers are told with tabs between them, as a kernel does', async () => {
    const w = await world()
    const sysctls = [{ name: 'net.ipv4.ip_local_port_range', value: '30000 40000' }]
    await w.run('ports', once(['cat', '/proc/sys/net/ipv4/ip_local_port_range'], { securityContext: { sysctls } }))
    expect(w.logs('ports')).toBe('30000\t40000\n')
  })
})

describe('privileges', () => {
  it('come with a set-user-ID program, unless escalation is not allowed', async () => {
    const w = await world()
    const pod = (allowPrivilegeEscalation?: boolean) => ({
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          image: 'registry.k8s.io/e2e-test-images/nonewprivs:1.3',
          securityContext: { runAsUser: 1000, allowPrivilegeEscalation },
        },
      ],
    })
    await w.run('by-default', pod())
    await w.run('refused', pod(false))
    expect([w.logs('by-default'), w.logs('refused')]).toEqual(['Effective uid: 0\n', 'Effective uid: 1000\n'])
  })

  it('can be read in /proc', async () => {
    const w = await world()
    const status = ['sh', '-c', 'grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status; cat /proc/1/attr/current']
    await w.run('plain', once(status))
    expect(w.logs('plain')).toBe(
      'CapEff:\t00000000a80425fb\nNoNewPrivs:\t0\nSeccomp:\t0\ncri-containerd.apparmor.d (enforce)\n',
    )
    const strict = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
      seccompProfile: { type: 'RuntimeDefault' },
      appArmorProfile: { type: 'Unconfined' },
    }
    await w.run('strict', once(status, {}, { securityContext: strict }))
    expect(w.logs('strict')).toBe('CapEff:\t0000000000000400\nNoNewPrivs:\t1\nSeccomp:\t2\nunconfined\n')
  })

  it('to change the network are not given to everybody', async () => {
    const w = await world()
    await w.run('plain', once(['sh', '-c', 'ip link add dummy0 type dummy || true']))
    expect(w.logs('plain')).toBe('ip: RTNETLINK answers: Operation not permitted\n')
  })

  it('to a profile that the node does not have keep the container from being made', async () => {
    const w = await world()
    const seccompProfile = { type: 'Localhost', localhostProfile: 'profiles/audit.json' }
    await w.run('audit', once(['true'], { securityContext: { seccompProfile } }))
    expect(w.pod('audit').status.containerStatuses?.[0]?.state?.waiting).toMatchObject({
      reason: 'CreateContainerError',
      message: expect.stringContaining('cannot load seccomp profile "/var/lib/kubelet/seccomp/profiles/audit.json"'),
    })
  })
})

describe('control groups', () => {
  const resources = { requests: { cpu: '250m', memory: '32Mi' }, limits: { cpu: '500m', memory: '64Mi' } }
  const spec = {
    volumes: [{ name: 'cgroup', hostPath: { path: '/sys/fs/cgroup' } }],
    containers: [
      {
        name: 'main',
        image: BUSYBOX,
        command: ['sleep', '1d'],
        resources,
        volumeMounts: [{ name: 'cgroup', mountPath: '/sysfscgroup' }],
      },
      { name: 'other', image: BUSYBOX, command: ['sleep', '1d'], resources },
    ],
  }

  it('show what a container and its Pod may use, and follow a resize', async () => {
    const w = await world()
    const pod = await w.run('web', spec)
    const own = 'cd /sys/fs/cgroup; head -n 1 cpu.max cpu.weight memory.max | grep -v ==; mount -t cgroup2'
    expect((await w.exec('web', own)).out.split('\n').filter(Boolean)).toEqual([
      '50000 100000',
      '10',
      '67108864',
      expect.stringContaining('on /sys/fs/cgroup type cgroup2 (ro'),
      expect.stringContaining('on /sysfscgroup type cgroup2'),
    ])
    const uid = pod.metadata.uid.replaceAll('-', '_')
    const find = await w.exec('web', `find /sysfscgroup -name '*${uid}*' -o -name '*${pod.metadata.uid}*'`)
    expect(find.out).toBe(`/sysfscgroup/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid}.slice\n`)
    const ofPod = `cd ${find.out.trim()}; cat cpu.max cpu.weight memory.max`
    expect((await w.exec('web', ofPod)).out).toBe('100000 100000\n20\n134217728\n')

    const limits = { cpu: '1', memory: '64Mi' }
    const patch = { spec: { containers: spec.containers.map(c => ({ ...c, resources: { ...resources, limits } })) } }
    w.cluster.client.patch(podKind, 'default', 'web', patch, 'resize')
    await w.wait(5)
    expect((await w.exec('web', own)).out).toContain('100000 100000\n')
    expect((await w.exec('web', ofPod)).out).toBe('200000 100000\n20\n134217728\n')
  })
})

describe('a volume that is an image', () => {
  const spec = (reference: string) => ({
    containers: [
      {
        name: 'main',
        image: BUSYBOX,
        command: ['sleep', '1d'],
        volumeMounts: [{ name: 'image', mountPath: '/volume' }],
      },
    ],
    volumes: [{ name: 'image', image: { reference, pullPolicy: 'Always' } }],
  })

  it('is pulled and mounted read-only', async () => {
    const w = await world()
    await w.run('kitten', spec('registry.k8s.io/e2e-test-images/kitten:1.8'))
    expect((await w.exec('kitten', 'cat /volume/data.json')).out).toContain('kitten.jpg')
    expect((await w.exec('kitten', 'cat /volume/etc/os-release')).out).toContain('Alpine Linux')
    expect((await w.exec('kitten', 'touch /volume/x')).err).toBe('touch: /volume/x: Read-only file system\n')
    expect(w.events('kitten')).toContainEqual('Pulling: Pulling image "registry.k8s.io/e2e-test-images/kitten:1.8"')
  })

  it('that cannot be pulled keeps its containers waiting', async () => {
    const w = await world()
    await w.run('none', spec('registry.k8s.io/nothing:1'))
    expect(w.pod('none').status.containerStatuses?.[0]?.state?.waiting?.reason).toMatch(
      /^(ErrImagePull|ImagePullBackOff)$/,
    )
  })
})

describe('groups', () => {
  it('of a user in the image are added, unless the Pod is strict', async () => {
    const w = await world()
    const spec = (supplementalGroupsPolicy?: string) => ({
      securityContext: { runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000], supplementalGroupsPolicy },
      containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }],
    })
    const groupsOf = async (name: string) => [
      (await w.exec(name, 'id -G')).out,
      w.pod(name).status.containerStatuses?.[0]?.user?.linux?.supplementalGroups,
    ]
    await w.run('merged', spec())
    await w.run('strict', spec('Strict'))
    expect(await groupsOf('merged')).toEqual(['3000 4000 50000\n', [3000, 4000, 50_000]])
    expect(await groupsOf('strict')).toEqual(['3000 4000\n', [3000, 4000]])
    // The image brings the user of a container, and nobody one of the Pod as a whole.
    const container = { name: 'main', image: 'busybox:1.36', command: ['sleep', '1d'] }
    await w.run('group', { containers: [{ ...container, securityContext: { runAsGroup: 7 } }] })
    expect((await w.exec('group', 'id -u; id -g')).out).toBe('0\n7\n')
    await w.run('nobodys', { securityContext: { runAsGroup: 7 }, containers: [container] })
    expect(w.pod('nobodys').status.phase).toBe('Pending')
  })
})
