/** Volumes of a Pod: making, updating and mounting them. */
import { describe, expect, it } from 'vitest'
import { configMap } from '../../api/kinds/configmap.ts'
import { event } from '../../api/kinds/event.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { secret } from '../../api/kinds/secret.ts'
import type { Directory } from '../../runtime/files/fs.ts'
import { inodeOf } from '../../runtime/files/volume.ts'
import { makeMounts } from '../containers/mounts.ts'
import { type TestNode, testNode } from '../testing.ts'
import { setUpVolume } from './index.ts'
import type { SetUp, VolumeSources } from './volume.ts'

/** The tree that a container sees at a path. */
function mounted(
  node: TestNode,
  path: string,
  container = 'app',
): { root: Directory; readOnly: boolean; subPath: string } {
  const mount = node.runtime.find(container).config.mounts.find(m => m.containerPath === path)
  if (!mount) throw new Error(`nothing is mounted at ${path}`)
  return { root: mount.volume.root, readOnly: mount.readOnly, subPath: mount.subPath ?? '' }
}

const withVolume = (source: object, mount: object = {}) => ({
  volumes: [{ name: 'v', ...source }],
  containers: [{ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }],
})
const makeMap = (node: TestNode, name: string, data: Record<string, string>) =>
  node.client.create(configMap, { metadata: { name, namespace: 'default' }, data })

describe('volumes', () => {
  it('hold a ConfigMap as files behind ..data, which are replaced together at a later sync', async () => {
    const node = testNode()
    makeMap(node, 'site', { 'index.html': 'hi', 'app.conf': 'level=1' })
    node.run(
      'web',
      withVolume({ configMap: { name: 'site', items: [{ key: 'app.conf', path: 'etc/main.conf', mode: 0o400 }] } }),
    )
    await node.pass(3)
    const { root, readOnly } = mounted(node, '/v')
    expect(readOnly).toBe(true)
    expect(root.list('').filter(name => !name.startsWith('..'))).toEqual(['etc'])
    expect(root.stat('etc')?.type).toBe('symlink')
    expect(root.read('etc/main.conf')).toBe('level=1')
    expect(root.stat('..data/etc/main.conf')?.mode).toBe(0o400)
    const stored = node.client.get(configMap, 'default', 'site')
    node.client.update(configMap, { ...stored, data: { 'app.conf': 'level=2' } })
    await node.pass(1)
    expect(root.read('etc/main.conf')).toBe('level=1')
    await node.pass(90)
    expect(root.read('etc/main.conf')).toBe('level=2')
  })

  it('of a running Pod say again and again that their source is gone, ever more rarely, until it is back', async () => {
    const node = testNode()
    makeMap(node, 'site', { page: 'one' })
    node.run('web', withVolume({ configMap: { name: 'site' } }))
    await node.pass(3)
    const { root } = mounted(node, '/v')
    node.client.delete(configMap, 'default', 'site')
    const failures = () =>
      node.client
        .list(event, { namespace: 'default' })
        .filter(e => e.reason === 'FailedMount')
        .map(e => [e.count, e.message])
    await node.pass(66)
    const [[first]] = failures() as [[number]]
    expect(failures()).toEqual([[first, 'MountVolume.SetUp failed for volume "v" : configmap "site" not found']])
    await node.pass(60)
    const [[second]] = failures() as [[number]]
    expect([first, second].map(n => n > 2)).toEqual([true, true])
    expect(second - first, 'twice as long between them each time').toBeLessThan(first)
    expect(root.read('page')).toBe('one')
    makeMap(node, 'site', { page: 'two' })
    await node.pass(130)
    expect(root.read('page')).toBe('two')
    const [[last]] = failures() as [[number]]
    await node.pass(600)
    expect(failures()[0]![0]).toBe(last)
  })

  it('take paths without what leads nowhere, and none that is at odds with another', async () => {
    const node = testNode()
    makeMap(node, 'site', { a: '1', b: '2' })
    await node.pass(1)
    const come = async (name: string, first: string, second: string) => {
      const items = [
        { key: 'a', path: first },
        { key: 'b', path: second },
      ]
      const { metadata } = node.run(name, withVolume({ configMap: { name: 'site', items } }))
      await node.pass(2)
      return (text: string) =>
        `FailedMount: MountVolume.SetUp failed for volume "v" : ${text.replace('DIR', `/var/lib/kubelet/pods/${metadata.uid}/volumes/kubernetes.io~configmap/v/..2026_01_05`)}`
    }
    await come('good', './one', 'two//three/.')
    const { root } = mounted(node, '/v')
    expect([root.list('').filter(name => !name.startsWith('..')), root.read('one'), root.read('two/three')]).toEqual([
      ['one', 'two'],
      '1',
      '2',
    ])
    const failures: [string, string, string][] = [
      ['a', 'a/b', 'mkdir DIR/a/: file exists'],
      ['a', 'a/b/c', 'mkdir DIR/a: not a directory'],
      ['a/b', 'a', 'open DIR/a: is a directory'],
      ['a', '.', 'open DIR: is a directory'],
    ]
    for (const [i, [first, second, text]] of failures.entries()) {
      const said = await come(`bad-${i}`, first, second)
      const events = node.events(`bad-${i}`).map(e => e.replace(/(\.\.2026_01_05)[_.\d]+/, '$1'))
      expect(events[0]).toBe(said(text))
    }
  })

  it('wait for what is missing, and say so', async () => {
    const node = testNode()
    node.run('web', withVolume({ secret: { secretName: 'cert' } }))
    await node.pass(3)
    expect(node.state('web').state?.waiting?.reason).toBe('ContainerCreating')
    expect(node.events('web')[0]).toBe('FailedMount: MountVolume.SetUp failed for volume "v" : secret "cert" not found')
    node.client.create(secret, { metadata: { name: 'cert', namespace: 'default' }, data: { key: btoa('x') } })
    await node.pass(10)
    expect(node.state('web').ready).toBe(true)
    expect(mounted(node, '/v').root.read('key')).toBe('x')
  })

  it("that no container mounts are none of the kubelet's business", async () => {
    const node = testNode()
    node.run('web', { volumes: [{ name: 'v', configMap: { name: 'nowhere' } }], containers: [{}] })
    await node.pass(3)
    expect(node.state('web').ready).toBe(true)
    expect(node.events('web').filter(line => line.startsWith('FailedMount'))).toEqual([])
  })

  it('are left by no subPath: not through a link, nor through a file', async () => {
    const node = testNode()
    const message = 'failed to prepare subPath for volumeMount "v" of container "app"'
    node.run('web', withVolume({ emptyDir: {} }, { subPath: 'here' }))
    await node.pass(3)
    const { root } = mounted(node, '/v')
    root.symlink('out', '/etc')
    root.symlink('up', 'here/../../..')
    root.symlink('within', 'here')
    root.write('file', '')
    const paths = ['out', 'up', 'file/below', 'within', 'new/one']
    const volumes = new Map([['v', { volume: { root, usedBytes: () => 0, fillLater: () => {} }, readOnly: false }]])
    const refused = paths.filter(subPath => {
      const container = { name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v', subPath }] }
      try {
        makeMounts(node.get('web'), container, volumes, {})
        return false
      } catch (error) {
        expect((error as Error).message).toBe(message)
        return true
      }
    })
    expect(refused).toEqual(['out', 'up', 'file/below'])
    node.run('single', withVolume({ hostPath: { path: '/etc/machine-id', type: 'File' } }, { subPath: 'below' }))
    await node.pass(3)
    expect(node.state('single').state?.waiting).toEqual({ reason: 'CreateContainerConfigError', message })
  })

  it('are given the directory of a subPath that is missing, also among files that come from a ConfigMap', async () => {
    const node = testNode()
    makeMap(node, 'site', { page: 'hi' })
    node.run('web', withVolume({ configMap: { name: 'site' } }, { subPath: 'pgae' }))
    await node.pass(3)
    expect(node.state('web').ready).toBe(true)
    const { root } = mounted(node, '/v')
    expect([root.stat('pgae')?.type, root.stat('pgae')?.mode]).toEqual(['directory', 0o777])
  })

  it('of a claim lie where the plugin of their volume keeps them', async () => {
    const node = testNode()
    node.run('web', withVolume({ emptyDir: {} }))
    await node.pass(3)
    const pod = node.get('web')
    const container = { name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v' }] }
    const placeOf = (kind: object): string | undefined => {
      const { disk } = node.kubelet.node
      const sources = {
        claim: () => ({ metadata: { uid: 'u' }, spec: { volumeName: 'pv-1' }, status: { phase: 'Bound' } }),
        persistentVolume: () => ({ metadata: { name: 'pv-1' }, spec: { claimRef: { uid: 'u' }, ...kind } }),
      } as unknown as VolumeSources
      const spec = { name: 'v', persistentVolumeClaim: { claimName: 'data' } }
      const mounted = setUpVolume({ pod, spec, disk, sources, isInUse: () => false } as Partial<SetUp> as SetUp)
      return makeMounts(pod, container, new Map([['v', mounted]]), {})[0]!.hostPath
    }
    expect(placeOf({ hostPath: { path: '/tmp' } })).toBe('/tmp')
    const own = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes`
    expect(placeOf({ local: { path: '/tmp' } })).toBe(`${own}/kubernetes.io~local-volume/pv-1`)
    expect(placeOf({ csi: { volumeHandle: 'h' } })).toBe(`${own}/kubernetes.io~csi/pv-1/mount`)
  })

  it('tell what cannot be printed as Go quotes it', async () => {
    const node = testNode()
    const items = [{ path: 'all', fieldRef: { fieldPath: 'metadata.annotations' } }]
    node.run('web', withVolume({ downwardAPI: { items } }), { annotations: { bell: '\u0007\u0001\u007f"é' } })
    await node.pass(3)
    expect(mounted(node, '/v').root.read('all')).toContain('bell="\\a\\x01\\x7f\\"é"')
  })

  it('tell a Pod its annotations as the node has them, with where it came from', async () => {
    const node = testNode()
    const items = [{ path: 'all', fieldRef: { fieldPath: 'metadata.annotations' } }]
    node.run('web', withVolume({ downwardAPI: { items } }), { annotations: { team: 'a' } })
    await node.pass(3)
    expect(mounted(node, '/v').root.read('all')).toMatch(
      /^kubernetes\.io\/config\.seen="\d{4}-\d\d-\d\dT[\d:]+\.000000000Z"\nkubernetes\.io\/config\.source="api"\nteam="a"$/,
    )
  })

  it('keep a Secret in memory, and a ConfigMap on the disk', async () => {
    const node = testNode()
    makeMap(node, 'site', { page: 'hi' })
    node.client.create(secret, { metadata: { name: 'cert', namespace: 'default' }, data: { key: btoa('x') } })
    const kindOfDisk = (container: string) => {
      const mount = node.runtime.find(container).config.mounts.find(m => m.containerPath === '/v')
      return inodeOf(mount!.volume).disk.type
    }
    node.run('open', withVolume({ configMap: { name: 'site' } }))
    await node.pass(3)
    expect(kindOfDisk('app')).toBe('ext4')
    node.client.delete(podKind, 'default', 'open', { gracePeriodSeconds: 0 })
    await node.pass(3)
    node.run('closed', withVolume({ secret: { secretName: 'cert' } }))
    await node.pass(3)
    expect(kindOfDisk('app')).toBe('tmpfs')
  })

  it('follow the Pod by the downward API', async () => {
    const node = testNode()
    const items = [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }]
    node.run('me', withVolume({ downwardAPI: { items } }), { labels: { app: 'shop', tier: 'front' } })
    await node.pass(3)
    const { root } = mounted(node, '/v')
    expect(root.read('labels')).toBe('app="shop"\ntier="front"')
    node.client.patch(podKind, 'default', 'me', { metadata: { labels: { tier: 'back' } } })
    await node.pass(1)
    expect(root.read('labels')).toBe('app="shop"\ntier="back"')
  })

  it('outlive a container, not its Pod', async () => {
    const node = testNode()
    const spec = withVolume({ emptyDir: {} })
    node.run('web', { ...spec, containers: [{ ...spec.containers[0]!, command: ['x', 'exit', '1', '2000'] }] })
    await node.pass(2)
    mounted(node, '/v').root.write('note', 'kept')
    await node.pass(5)
    expect(node.state('web').restartCount).toBe(1)
    expect(mounted(node, '/v').root.read('note')).toBe('kept')
  })

  it('check the type of a hostPath', async () => {
    const node = testNode()
    node.run('dir', withVolume({ hostPath: { path: '/data/x', type: 'Directory' } }))
    node.run('made', withVolume({ hostPath: { path: '/data/y', type: 'DirectoryOrCreate' } }))
    node.run('file', withVolume({ hostPath: { path: '/tmp/f', type: 'FileOrCreate' } }))
    await node.pass(3)
    expect(node.events('dir')).toEqual([
      'FailedMount: MountVolume.SetUp failed for volume "v" : hostPath type check failed: /data/x is not a directory',
    ])
    expect(node.get('made').status.phase).toBe('Running')
    expect(mounted(node, '/v')).toMatchObject({ subPath: 'f' })
  })

  it('show the id by which the node names itself', async () => {
    const node = testNode()
    node.run('web', withVolume({ hostPath: { path: '/etc/machine-id', type: 'File' } }))
    await node.pass(3)
    expect(node.get('web').status.phase).toBe('Running')
    expect(mounted(node, '/v')).toMatchObject({ subPath: 'machine-id' })
  })

  it('give a container a part of themselves by subPathExpr', async () => {
    const node = testNode()
    const volumeMounts = [{ name: 'v', mountPath: '/logs', subPathExpr: '$(WHO)/x' }]
    node.run('web', {
      volumes: [{ name: 'v', emptyDir: {} }],
      containers: [{ env: [{ name: 'WHO', value: 'me' }], volumeMounts }],
    })
    await node.pass(3)
    expect(mounted(node, '/logs')).toMatchObject({ subPath: 'me/x' })
    expect(mounted(node, '/logs').root.stat('me/x')?.type).toBe('directory')
  })

  it('end a Pod that keeps more in an emptyDir than it may', async () => {
    const node = testNode()
    node.run('web', withVolume({ emptyDir: { sizeLimit: '1Ki' } }))
    await node.pass(3)
    mounted(node, '/v').root.write('big', 'x'.repeat(2000))
    await node.pass(75)
    expect(node.get('web').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Usage of EmptyDir volume "v" exceeds the limit "1Ki". ',
    })
  })

  it('give every Pod an /etc/hosts of its own', async () => {
    const node = testNode()
    node.run('web', {
      hostname: 'db-main',
      subdomain: 'db',
      hostAliases: [{ ip: '10.1.2.3', hostnames: ['cache', 'c'] }],
    })
    await node.pass(3)
    expect(mounted(node, '/etc/hosts').root.read('hosts')).toBe(
      [
        '# Kubernetes-managed hosts file.',
        '127.0.0.1\tlocalhost',
        '::1\tlocalhost ip6-localhost ip6-loopback',
        'fe00::0\tip6-localnet',
        'fe00::0\tip6-mcastprefix',
        'fe00::1\tip6-allnodes',
        'fe00::2\tip6-allrouters',
        '10.244.0.1\tdb-main.db.default.svc.cluster.local\tdb-main',
        '',
        '# Entries added by HostAliases.',
        '10.1.2.3\tcache\tc',
        '',
      ].join('\n'),
    )
  })
})

describe('configuration that is wrong', () => {
  it('keeps a container from being made, with the reason', async () => {
    const node = testNode()
    const env = [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'app-config', key: 'MODE' } } }]
    node.run('app', { containers: [{ env }] })
    node.run('root', { securityContext: { runAsNonRoot: true } })
    await node.pass(3)
    expect(node.state('app').state?.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "app-config" not found',
    })
    expect(node.events('app')).toContain('Failed: Error: configmap "app-config" not found')
    const { uid } = node.get('root').metadata
    expect(node.state('root').state?.waiting?.message).toBe(
      `container has runAsNonRoot and image will run as root (pod: "root_default(${uid})", container: app)`,
    )
    makeMap(node, 'app-config', { MODE: 'production' })
    await node.pass(30)
    expect(node.state('app').ready).toBe(true)
    expect(node.runtime.find('app').config.env.MODE).toBe('production')
  })
})
