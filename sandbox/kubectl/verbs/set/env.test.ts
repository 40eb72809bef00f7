/** kubectl set env, where no cluster is asked. */
import { describe, expect, it } from 'vitest'
import { run } from '../../testing.ts'

const pod = `apiVersion: v1
kind: Pod
metadata: {name: p, labels: {tier: web}}
spec:
  containers:
  - name: main
    image: busybox
    resources: {limits: {cpu: 1500m, memory: 64Mi}}
    env:
    - {name: A, value: one}
    - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: TIER, valueFrom: {fieldRef: {fieldPath: "metadata.labels['tier']"}}}
    - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
`
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'
const setEnv = (args: readonly string[], stdin = '') =>
  run(['set', 'env', '-f', 'pod.yaml', '--local', ...args], {
    files: { 'pod.yaml': `${pod}---\n${config}` },
    stdin,
    server: () => undefined,
  })

describe('kubectl set env --list', () => {
  it('names what variables refer to, and passes over what has none', async () => {
    const { out, err, code } = await setEnv(['--list'])
    expect([err, code]).toEqual(['', 0])
    expect(out).toBe(
      [
        '# Pod p, container main',
        'A=one',
        '# NAME from field path metadata.name',
        "# TIER from field path metadata.labels['tier']",
        '# IP from field path status.podIP',
        '# CPU from resource field limits.cpu',
        '# MEMORY from resource field limits.memory',
        '',
      ].join('\n'),
    )
  })

  it('--resolve looks them up, and says on stderr why some have no value', async () => {
    const { out, err, code } = await setEnv(['--list', '--resolve'])
    expect(out).toContain('NAME=p\nTIER=web\n# IP from field path status.podIP\nCPU=2\nMEMORY=64\n')
    expect([err, code]).toEqual(['error retrieving reference for IP: unsupported fieldPath: status.podIP\n', 0])
  })

  it('says why a path has no value as the server would', async () => {
    const env = ["spec.x['a']", "metadata.labels['a b']", 'metadata.labels', "metadata.annotations['Ab/c']", "['a']"]
    const { out, err } = await run(['set', 'env', '-f', 'pod.yaml', '--local', '--list', '--resolve'], {
      files: {
        'pod.yaml': JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'p', labels: { b: 'x', B: 'y"' }, annotations: { 'Ab/c': 'q' } },
          spec: {
            containers: [
              {
                name: 'm',
                env: env.map((fieldPath, i) => ({ name: `A${i}`, valueFrom: { fieldRef: { fieldPath } } })),
              },
            ],
          },
        }),
      },
      server: () => undefined,
    })
    expect(out).toContain('\nA2=B="y\\""\nb="x"\nA3=q\n')
    expect(err.split('\n').map(line => line.replace(/, and must start.*/, ''))).toEqual([
      `error retrieving reference for A0: fieldPath "spec.x['a']" does not support subscript`,
      "error retrieving reference for A1: invalid key subscript in metadata.labels['a b']: name part must consist of alphanumeric characters, '-', '_' or '.'",
      "error retrieving reference for A4: unsupported fieldPath: ['a']",
      '',
    ])
  })

  it('goes with no --output', async () => {
    const { err } = await setEnv(['--list', '-o', 'yaml'])
    expect(err).toBe('error: --list and --output may not be specified together\n')
  })
})

describe('kubectl set env', () => {
  it('reads variables from stdin: a # begins a comment anywhere', async () => {
    const { out } = await setEnv(['--list', '-'], 'B=2 # two\n#C=3\nD\nE=a=b\n')
    expect(out).toMatch(/B=2 \nE=a=b\n$/)
  })

  it('puts the prefix before each name, and prints amounts that are not given as 0', async () => {
    const { out } = await setEnv(['X=1', '--prefix=P_', '-o', 'yaml'])
    expect(out).toContain('- name: P_X\n      value: "1"')
    expect(out).toContain('resourceFieldRef:\n          divisor: "0"\n          resource: limits.cpu')
  })

  it('prints the amounts of volumes, too', async () => {
    const item = { path: 'a', resourceFieldRef: { containerName: 'main', resource: 'limits.cpu' } }
    const name = { path: 'b', fieldRef: { fieldPath: 'metadata.name' } }
    const { out } = await run(['set', 'env', '-f', 'pod.yaml', '--local', 'A=1', '-o', 'json'], {
      files: {
        'pod.yaml': JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'p' },
          spec: {
            containers: [{ name: 'main' }],
            volumes: [
              { name: 'd', downwardAPI: { items: [item, name] } },
              { name: 'e', projected: { sources: [{ downwardAPI: { items: [item] } }, { secret: { name: 's' } }] } },
            ],
          },
        }),
      },
      server: () => undefined,
    })
    const printed = { path: 'a', resourceFieldRef: { containerName: 'main', divisor: '0', resource: 'limits.cpu' } }
    expect(JSON.parse(out).spec.volumes).toEqual([
      { name: 'd', downwardAPI: { items: [printed, name] } },
      { name: 'e', projected: { sources: [{ downwardAPI: { items: [printed] } }, { secret: { name: 's' } }] } },
    ])
  })

  it('quotes a name that none may have as Go does', async () => {
    const { err } = await setEnv(['a é\u0001=1'])
    expect(err).toMatch(/^error: "a é\\x01" is not a valid key name: /)
  })

  it('keeps what has a value already if it is told to, but for the same one', async () => {
    const { err } = await setEnv(['A=two', '--overwrite=false'])
    expect(err).toContain("error: pod/p 'A' already has a value (one), and --overwrite is false")
    const same = await setEnv(['A=one', 'B=1', '--overwrite=false', '-o', 'name'])
    expect(same.out).toBe('pod/p\n')
  })

  it('wants resources first', async () => {
    const { err } = await run(['set', 'env', 'deploy/a', 'A=1', 'deploy/b'])
    expect(err).toBe('error: all resources must be specified before environment changes: deploy/a A=1 deploy/b\n')
  })
})
