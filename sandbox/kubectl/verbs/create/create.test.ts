/** Objects that generators make of their flags. */
import { describe, expect, it, test } from 'vitest'
import { run, server } from '../../testing.ts'

describe('generators write manifests', () => {
  it('of a deployment, its JSON in the order of the types', async () => {
    const { out } = await run(['create', 'deployment', 'web', '--image=nginx:1.25', '--dry-run=client', '-o', 'json'])
    expect(Object.keys(JSON.parse(out))).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status'])
    expect(JSON.parse(out).spec.template.spec.containers).toEqual([
      { name: 'nginx', image: 'nginx:1.25', resources: {} },
    ])
  })
  it('of a role made of others, whose labels know no quotes', async () => {
    const labels = '--aggregation-rule=a="b, c =d,'
    const { out } = await run(['create', 'clusterrole', 'all', labels, '--dry-run=client', '-o', 'json'])
    expect(JSON.parse(out).aggregationRule.clusterRoleSelectors).toEqual([{ matchLabels: { a: '"b', c: 'd' } }])
  })
  it('of a pod with its command after the dashes, where the server knows Pods', async () => {
    const line = [
      'run',
      'x',
      '--image=busybox',
      '--command',
      '--dry-run=client',
      '-o',
      'yaml',
      '--',
      'sh',
      '-c',
      'echo hi',
    ]
    expect((await run(line)).err).toContain('The connection to the server localhost:8080 was refused')
    const { out } = await run(line, { server: server({}) })
    expect(out).toContain('  - command:\n    - sh\n    - -c\n    - echo hi\n    image: busybox\n')
  })
})

it('a generator keeps the last applied configuration in the order of its type', async () => {
  const { out } = await run(
    [
      'create',
      'cm',
      'c',
      '--from-literal=b=1',
      '--from-literal=a=2',
      '--save-config',
      '--dry-run=client',
      '-o',
      'json',
    ],
    {
      server: server({}),
    },
  )
  expect(JSON.parse(out).metadata.annotations['kubectl.kubernetes.io/last-applied-configuration']).toBe(
    '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","creationTimestamp":null},"data":{"a":"2","b":"1"}}\n',
  )
})

describe('--overrides is decoded into the type that it patches', () => {
  const overridden = async (text: string, ...more: string[]): Promise<string> => {
    const { out, err } = await run(
      ['run', 'a', '--image=b', '--dry-run=client', '-o', 'json', `--overrides=${text}`, ...more],
      {
        server: server({}),
      },
    )
    return err || JSON.stringify(JSON.parse(out).spec)
  }
  const rest = '"restartPolicy":"Always","dnsPolicy":"ClusterFirst"'

  test.each([
    [
      '{"spec":{"x":1,"hostname":"h"}}',
      `{"containers":[{"name":"a","image":"b","resources":{}}],${rest},"hostname":"h"}`,
    ],
    ['{"spec":null}', '{"containers":null}'],
    [
      '{"spec":{"containers":"x"}}',
      'error: json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container\n',
    ],
    [
      '{"apiVersion":"v2"}',
      'error: no kind "Pod" is registered for version "v2" in scheme "pkg/scheme/scheme.go:28"\n',
    ],
    ['x', 'error: Invalid JSON Patch\n'],
  ])('%s', async (text, words) => {
    expect(await overridden(text)).toBe(words)
  })

  it('whatever kind of patch it is', async () => {
    expect(await overridden('[{"op":"test","path":"/kind","value":"X"}]', '--override-type=json')).toBe(
      'error: testing value /kind failed: test failed\n',
    )
    expect(await overridden('{"spec":{"containers":[{"image":"q"}]}}', '--override-type=strategic')).toBe(
      'error: map: map[image:q] does not contain declared merge key: name\n',
    )
  })
})
