import { describe, expect, it } from 'vitest'
import { AGNHOST, BUSYBOX, world } from './testing.ts'

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
  it('is asked for anew before it expires', async () => {
    const w = await world()
    await w.run('client', {
      containers: [
        {
          name: 'main',
          image: BUSYBOX,
          command: ['sleep', '1d'],
          volumeMounts: [{ name: 'token', mountPath: '/token' }],
        },
      ],
      volumes: [
        {
          name: 'token',
          projected: {
            sources: [{ serviceAccountToken: { path: 'vault', audience: 'vault', expirationSeconds: 600 } }],
          },
        },
      ],
    })
    const claims = async () => {
      const { out } = await w.exec('client', 'cat /token/vault')
      return JSON.parse(atob(out.split('.')[1]!)) as { aud: string[]; exp: number }
    }
    const first = await claims()
    expect(first.aud).toEqual(['vault'])
    await w.wait(400)
    expect(await claims()).toEqual(first)
    await w.wait(100)
    expect((await claims()).exp).toBe(first.exp + 480)
    await w.wait(3600)
    expect((await claims()).exp * 1000).toBeGreaterThan(w.cluster.clock.now())
  })
})
