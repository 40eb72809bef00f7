/** etcd and etcdctl, as etcd 3.4 and 3.5 have answered. */
import { expect, it } from 'vitest'
import { createVolume } from '../../../files/volume.ts'
import { machine } from '../../../testing.ts'

async function running(command = ['etcd'], mounts: object[] = []) {
  const m = machine()
  const server = m.run('quay.io/coreos/etcd:v3.5.12', { command, mounts } as object)
  await m.clock.advance(500)
  const ask = async (line: string): Promise<string> => {
    const { out, err } = await m.exec(server, ['sh', '-c', line])
    return out + err
  }
  return { m, server, ask }
}

it('puts, gets and deletes keys and ranges of them', async () => {
  const { ask } = await running()
  expect(await ask('etcdctl put foo bar; etcdctl put foo2 baz; etcdctl get foo')).toBe('OK\nOK\nfoo\nbar\n')
  expect(await ask('etcdctl get --prefix foo --keys-only; etcdctl get --prefix foo --limit 1')).toBe(
    'foo\n\nfoo2\n\nfoo\nbar\n',
  )
  expect(await ask('etcdctl get foo foo3 --print-value-only; etcdctl get none; echo piped | etcdctl put p')).toBe(
    'bar\nbaz\nOK\n',
  )
  expect(await ask('etcdctl get -w json p')).toBe(
    '{"header":{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":4,"raft_term":2},"kvs":[{"key":"cA==","create_revision":4,"mod_revision":4,"version":1,"value":"cGlwZWQK"}],"count":1}\n',
  )
  expect(await ask('etcdctl del foo --prev-kv; etcdctl del none; etcdctl del --prefix fo')).toBe('1\nfoo\nbar\n0\n1\n')
})

it('is watched, compacted, and asked for its past', async () => {
  const { ask } = await running()
  expect(
    await ask('(etcdctl watch w --prefix & sleep 1; etcdctl put w1 v; etcdctl del w1; sleep 1; kill $!) 2>&1'),
  ).toContain('PUT\nw1\nv\n')
  expect(await ask('etcdctl get w1 --rev 2; etcdctl compact 3; etcdctl get w1 --rev 2')).toBe(
    'w1\nv\ncompacted revision 3\nError: etcdserver: mvcc: required revision has been compacted\n',
  )
  expect(
    await ask('etcdctl put x 1; etcdctl put x 2; etcdctl compact 5; etcdctl put y 3; etcdctl get --prefix "" --rev 5'),
  ).toBe('OK\nOK\ncompacted revision 5\nOK\nx\n2\n')
  expect(await ask('etcdctl compact; etcdctl get x --sort-by KEY')).toBe(
    'Error: compact command needs 1 argument\nError: --sort-by is not simulated\n',
  )
})

it('tells how it is, in the tables of the tool', async () => {
  const { ask } = await running()
  expect(await ask('etcdctl member list; etcdctl version')).toBe(
    '8e9e05c52164694d, started, default, http://localhost:2380, http://localhost:2379, false\netcdctl version: 3.5.12\nAPI version: 3.5\n',
  )
  expect(await ask('etcdctl member list -w table')).toBe(
    `+------------------+---------+---------+-----------------------+-----------------------+------------+
|        ID        | STATUS  |  NAME   |      PEER ADDRS       |     CLIENT ADDRS      | IS LEARNER |
+------------------+---------+---------+-----------------------+-----------------------+------------+
| 8e9e05c52164694d | started | default | http://localhost:2380 | http://localhost:2379 |      false |
+------------------+---------+---------+-----------------------+-----------------------+------------+
`,
  )
  expect(await ask('etcdctl endpoint health')).toMatch(
    /^127\.0\.0\.1:2379 is healthy: successfully committed proposal: took = \d\.\d{6}ms\n$/,
  )
  expect(await ask('etcdctl endpoint status')).toBe(
    '127.0.0.1:2379, 8e9e05c52164694d, 3.5.12, 20 kB, true, false, 2, 4, 4, \n',
  )
})

it('refuses in its own words, and loudly what it does not know', async () => {
  const { ask } = await running()
  expect(await ask('etcdctl put; etcdctl get; etcdctl foo; etcdctl snapshot save x')).toBe(
    `Error: put command needs 1 argument and input from stdin or 2 arguments\nError: get command needs one argument as key and an optional argument as range_end\nError: unknown command "foo" for "etcdctl"\nRun 'etcdctl --help' for usage.\nError: snapshot is not simulated\n`,
  )
  expect(await ask('etcdctl --endpoints=127.0.0.1:9 get x')).toContain('Error: context deadline exceeded\n')
  const several = await running(['etcd', '--initial-cluster', 'a=http://a:2380,b=http://b:2380'])
  expect(await several.ask('etcdctl put a b')).toBe('Error: clusters of several members are not simulated\n')
})

it('keeps what it has where its data are, and answers who asks by HTTP', async () => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath: '/data', readOnly: false }]
  const start = async (name: string) => {
    const server = m.run(
      'quay.io/coreos/etcd:v3.5.12',
      { command: ['etcd', '--data-dir=/data'], mounts },
      m.sandbox(name),
    )
    await m.clock.advance(500)
    return server
  }
  const first = await start('one')
  await m.exec(first, ['etcdctl', 'put', 'kept', 'yes'])
  first.kill('TERM')
  await m.clock.advance(1000)
  expect((await m.exec(await start('two'), ['etcdctl', 'get', 'kept'])).out).toBe('kept\nyes\n')
  const { m: other, ask } = await running()
  const client = other.run('curlimages/curl', { command: ['sh', '-c', 'sleep 1000'] })
  await other.clock.advance(100)
  await ask('etcdctl put p 1')
  const { out } = await other.exec(client, [
    'sh',
    '-c',
    `curl -s localhost:2379/version; curl -s localhost:2379/health; curl -s localhost:2379/v3/kv/range -d '{"key":"cA=="}'`,
  ])
  expect(out).toBe(
    '{"etcdserver":"3.5.12","etcdcluster":"3.5.0"}{"health":"true","reason":""}{"header":{"cluster_id":"14841639068965178418","member_id":"10276657743932975437","revision":"2","raft_term":"2"},"kvs":[{"key":"cA==","create_revision":"2","mod_revision":"2","version":"1","value":"MQ=="}],"count":"1"}',
  )
})
