/** What containers may write, and what volumes give them to read. */
import { describe, expect, it } from 'vitest'
import { persistentVolume } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import { serviceAccount } from '../../api/kinds/serviceaccount.ts'
import { AGNHOST, BUSYBOX, world } from '../testing.ts'

describe('what a container may write', () => {
  it('in a volume of its group belongs to that group', async () => {
    const w = await world()
    await w.run('grouped', {
      restartPolicy: 'Never',
      securityContext: { runAsUser: 1001, fsGroup: 123 },
      volumes: [{ name: 'data', emptyDir: {} }],
      containers: [
        {
          name: 'main',
          image: AGNHOST,
          args: ['mounttest', '--file_mode=/data', '--new_file_0644=/data/f', '--file_owner=/data/f'],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
    })
    expect(w.logs('grouped')).toBe(
      'content of file "/data/f": mount-tester new file\n\nmode of file "/data": dgrwxrwxrwx\nowner UID of "/data/f": 1001\nowner GID of "/data/f": 123\n',
    )
  })

  it.each([
    ['of nobody', undefined, ['drwxrwxrwx 3 0 4096', 'drwxrwxrwt 3 0 100', 'drwxrwxrwt 2 0 40', 'drwxrwxrwx 2 0 4096']],
    [
      'of a group',
      2000,
      ['drwxrwsrwx 3 2000 4096', 'drwxrwsrwt 3 2000 100', 'drwxrwsrwt 2 2000 40', 'drwxrwsrwx 2 2000 4096'],
    ],
  ])(
    'is told by the volumes %s: those in memory are sticky, and as large as they have names',
    async (_, fsGroup, seen) => {
      const w = await world()
      const items = [{ path: 'x', fieldRef: { fieldPath: 'metadata.name' } }]
      const volumes = [
        { name: 'c', configMap: { name: 'kube-root-ca.crt' } },
        { name: 'd', downwardAPI: { items } },
        { name: 'm', emptyDir: { medium: 'Memory' } },
        { name: 'n', emptyDir: {} },
      ]
      await w.run('p', {
        ...(fsGroup && { securityContext: { fsGroup } }),
        volumes,
        containers: [
          {
            name: 'main',
            image: BUSYBOX,
            command: ['sleep', '1d'],
            volumeMounts: volumes.map(({ name }) => ({ name, mountPath: `/${name}` })),
          },
        ],
      })
      const { out } = await w.exec('p', "stat -c '%A %h %g %s' /c /d /m /n; stat -c %h /")
      expect(out.trimEnd().split('\n')).toEqual([...seen, '1'])
    },
  )

  it('are its last words, whoever it is and whatever else is read-only', async () => {
    const w = await world()
    const pod = await w.run('last', {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          image: BUSYBOX,
          command: ['/bin/sh', '-c', '/bin/echo -n DONE > /dev/termination-custom-log; echo no > /file'],
          terminationMessagePath: '/dev/termination-custom-log',
          securityContext: { runAsUser: 10_000, readOnlyRootFilesystem: true },
        },
      ],
    })
    expect(pod.status.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 1, message: 'DONE' })
    expect(w.logs('last')).toBe("/bin/sh: can't create /file: Read-only file system\n")
  })
})

describe('a service account’s token', () => {
  async function client(spec: object = {}) {
    const w = await world()
    const volumeMounts = [{ name: 'token', mountPath: '/token' }]
    const serviceAccountToken = { path: 'vault', audience: 'vault', expirationSeconds: 600 }
    const pod = {
      containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1d'], volumeMounts }],
      volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken }] } }],
      ...spec,
    }
    const claims = async () => {
      const { out } = await w.exec('client', 'cat /token/vault')
      return JSON.parse(atob(out.split('.')[1]!)) as { aud: string[]; exp: number }
    }
    return { w, run: () => w.run('client', pod), claims }
  }

  it('is the user’s own where all containers are of one, and good for a year where nobody said for how long', async () => {
    const serviceAccountToken = { path: 'vault', expirationSeconds: 3607 }
    const volumes = [{ name: 'token', projected: { sources: [{ serviceAccountToken }] } }]
    const { w, run, claims } = await client({ securityContext: { runAsUser: 1000, fsGroup: 2000 }, volumes })
    await run()
    expect((await w.exec('client', 'stat -L -c "%a %u %g" /token/vault')).out).toBe('640 1000 2000\n')
    const {
      exp,
      iat,
      'kubernetes.io': own,
    } = (await claims()) as unknown as Record<string, number> & {
      'kubernetes.io': { warnafter: number }
    }
    expect(exp! - iat!).toBe(365 * 24 * 3600)
    expect(own.warnafter - iat!).toBe(3607)
  })

  it('is asked for anew before it expires', async () => {
    const { w, run, claims } = await client()
    await run()
    const first = await claims()
    expect(first.aud).toEqual(['vault'])
    await w.wait(400)
    expect(await claims()).toEqual(first)
    await w.wait(100)
    expect((await claims()).exp).toBe(first.exp + 480)
    await w.wait(3600)
    expect((await claims()).exp * 1000).toBeGreaterThan(w.cluster.clock.now())
  })

  it('is asked for again until it is to be had', async () => {
    const { w, run, claims } = await client({ serviceAccountName: 'robot' })
    const robot = { metadata: { name: 'robot', namespace: 'default' } }
    w.cluster.client.create(serviceAccount, robot)
    await run()
    const first = await claims()
    w.cluster.client.delete(serviceAccount, 'default', 'robot')
    await w.wait(570)
    expect(await claims()).toEqual(first)
    w.cluster.client.create(serviceAccount, robot)
    await w.wait(70)
    expect((await claims()).exp * 1000).toBeGreaterThan(w.cluster.clock.now())
  })
})

describe('a device of the node', () => {
  it('is mounted as one, and is no file', async () => {
    const w = await world()
    const hostPath = (path: string, type: string) => ({ name: 'd', hostPath: { path, type } })
    const containers = [
      { name: 'c', image: BUSYBOX, command: ['sleep', '1d'], volumeMounts: [{ name: 'd', mountPath: '/dev/hole' }] },
    ]
    await w.run('takes', { containers, volumes: [hostPath('/dev/null', 'CharDevice')] })
    expect((await w.exec('takes', 'echo gone > /dev/hole; cat /dev/hole; ls -l /dev/hole | cut -c1')).out).toBe('c\n')
    await w.run('lacks', { containers, volumes: [hostPath('/dev/null', 'File')] })
    expect(w.events('lacks').join()).toContain('hostPath type check failed: /dev/null is not a file')
    await w.run('blocks', { containers, volumes: [hostPath('/dev/null', 'BlockDevice')] })
    expect(w.events('blocks').join()).toContain('hostPath type check failed: /dev/null is not a block device')
  })
})

it('an image as a volume has nothing but what is in it', async () => {
  const w = await world()
  const volumeMounts = [{ name: 'files', mountPath: '/files', subPath: 'not/there' }]
  await w.run('seer', {
    containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1d'], volumeMounts }],
    volumes: [{ name: 'files', image: { reference: BUSYBOX } }],
  })
  const { waiting } = w.cluster.client.get(pod, 'default', 'seer').status.containerStatuses![0]!.state!
  expect(waiting!.reason).toBe('CreateContainerError')
  expect(waiting!.message).toMatch(/^failed to mount image volume: .*: openat not\/there: no such file or directory$/)
})

it('a volume that is recycled is emptied by a Pod, whose events it tells, and is there for the next claim', async () => {
  const w = await world({ nodes: ['node-1'] })
  const { client } = w.cluster
  const sized = { accessModes: ['ReadWriteOnce' as const], storageClassName: '' }
  client.create(persistentVolume, {
    metadata: { name: 'pv' },
    spec: {
      ...sized,
      capacity: { storage: '1Gi' },
      persistentVolumeReclaimPolicy: 'Recycle',
      hostPath: { path: '/srv/pv' },
    },
  })
  client.create(persistentVolumeClaim, {
    metadata: { name: 'data', namespace: 'default' },
    spec: { ...sized, resources: { requests: { storage: '1Gi' } } },
  })
  const volumes = (claimName: string) => [{ name: 'd', persistentVolumeClaim: { claimName } }]
  const container = { name: 'main', image: BUSYBOX, volumeMounts: [{ name: 'd', mountPath: '/d' }] }
  await w.run('writer', {
    restartPolicy: 'Never',
    volumes: volumes('data'),
    containers: [{ ...container, command: ['sh', '-c', 'echo x > /d/file; ls /d'] }],
  })
  expect(w.logs('writer')).toBe('file\n')
  client.delete(pod, 'default', 'writer')
  client.delete(persistentVolumeClaim, 'default', 'data')
  await w.wait(60)
  expect(client.get(persistentVolume, '', 'pv').status.phase).toBe('Available')
  expect(client.find(pod, 'default', 'recycler-for-pv')).toBeUndefined()
  const told = w.events('pv')
  expect(told[0]).toBe('RecyclerPod: Recycler pod: Successfully assigned default/recycler-for-pv to node-1')
  expect(told).toContain('RecyclerPod: Recycler pod: Container created')
  expect(told).toContain('VolumeRecycled: Volume recycled')
  client.create(persistentVolumeClaim, {
    metadata: { name: 'next', namespace: 'default' },
    spec: { ...sized, resources: { requests: { storage: '1Gi' } } },
  })
  await w.run('reader', {
    restartPolicy: 'Never',
    volumes: volumes('next'),
    containers: [{ ...container, command: ['sh', '-c', 'ls /d | wc -l'] }],
  })
  expect(w.logs('reader')).toBe('0\n')
})
