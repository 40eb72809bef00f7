/** Servers that are several: what the tutorials about StatefulSets deploy. */
import { expect, it } from 'vitest'
import type { Container } from '../../cri.ts'
import { type Machine, machine } from '../../testing.ts'

/** Containers `name-0`, `name-1` … that find one another by name. */
function ensemble(m: Machine, name: string, image: string, config: object) {
  const domain = `${name}.default.svc.cluster.local`
  const ips = new Map<string, string>()
  m.network.resolver = asked => {
    const ip = ips.get(asked)
    return ip ? [ip] : undefined
  }
  return (ordinal: number): Container => {
    const sandbox = m.sandbox(`${name}-${ordinal}`)
    ips.set(`${name}-${ordinal}.${domain}`, sandbox.ips[0]!)
    ips.set(`${name}-${ordinal}.default.svc.cluster.local`, sandbox.ips[0]!)
    return m.run(image, config, sandbox)
  }
}

it('nodes of Cassandra find one another through their seed, and notice who leaves', async () => {
  const m = machine()
  const start = ensemble(m, 'cassandra', 'gcr.io/google-samples/cassandra:v13', {
    env: { CASSANDRA_SEEDS: 'cassandra-0.cassandra.default.svc.cluster.local', CASSANDRA_DC: 'DC1' },
  })
  const seed = start(0)
  await m.clock.advance(20_000)
  const others = [start(1), start(2)]
  await m.clock.advance(20_000)
  const states = async (): Promise<string[]> => {
    const { out } = await m.exec(seed, ['nodetool', 'status'])
    return [...out.matchAll(/^([UD]N) /gm)].map(match => match[1]!)
  }
  expect(await states()).toEqual(['UN', 'UN', 'UN'])
  others[0]!.kill('TERM')
  await m.clock.advance(1000)
  expect((await states()).sort()).toEqual(['DN', 'UN', 'UN'])
  const query = await m.exec(seed, ['cqlsh'])
  expect([query.code, query.err]).toEqual([126, 'cqlsh: CQL is not simulated\n'])
})

it('servers of ZooKeeper have the same nodes, and answer when they are asked whether they are well', async () => {
  const m = machine()
  const start = ensemble(m, 'zk', 'registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10', {
    command: ['start-zookeeper', '--servers=3', '--data_dir=/var/lib/zookeeper/data'],
  })
  const servers = [start(0)]
  await m.clock.advance(5000)
  servers.push(start(1), start(2))
  await m.clock.advance(5000)
  const ask = async (server: number, ...words: string[]) => (await m.exec(servers[server]!, words)).out
  expect(await ask(0, 'sh', '-c', 'zookeeper-ready 2181 && echo ready')).toBe('ready\n')
  expect(await ask(0, 'zkCli.sh', 'create', '/hello', 'world')).toContain('Created /hello')
  expect(await ask(1, 'zkCli.sh', 'get', '/hello')).toContain('\nworld\n')
  expect(await ask(2, 'sh', '-c', 'echo srvr | nc localhost 2181')).toContain('Mode: follower')
  expect(await ask(2, 'zkCli.sh', 'ls', '/')).toContain('[hello, zookeeper]')
})

it('a server of ZooKeeper is told its members by a file that a script writes, and ends with its Java', async () => {
  const m = machine()
  const script = 'start-zookeeper --servers=2 --data_dir=/var/lib/zookeeper/data --heap=512M'
  const command = ['sh', '-c', script]
  const server = ensemble(m, 'zk', 'registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10', { command })(0)
  await m.clock.advance(5000)
  const config = await m.exec(server, ['tail', '-3', '/usr/etc/zookeeper/zoo.cfg'])
  expect(config.out).toBe('autopurge.purgeInteval=0\nserver.1=zk-0:2888:3888\nserver.2=zk-1:2888:3888\n')
  expect((await m.exec(server, ['cat', '/var/lib/zookeeper/data/myid'])).out).toBe('1\n')
  expect((await m.exec(server, ['ps', '-elf'])).out).toMatch(
    /^F S UID {10}PID {4}PPID {2}C PRI {2}NI ADDR SZ WCHAN {2}STIME TTY {10}TIME CMD\n4 S root {11}1 {7}0 {2}0 {2}80 {3}0 - \d+ - {6}09:00 \? {8}00:00:00 \S+\/bin\/java .*-Xmx512M .* \/opt\/zookeeper\/conf\/zoo\.cfg\n/,
  )
  await m.exec(server, ['pkill', 'java'])
  await m.clock.advance(1000)
  expect(server.state).toMatchObject({ state: 'exited', status: { code: 143 } })
})

it('docker.io’s ZooKeeper is told its members by variables', async () => {
  const m = machine()
  const env = { ZOO_MY_ID: '2', ZOO_SERVERS: 'server.1=zk-0:2888:3888;2181 server.2=zk-1:2888:3888;2181' }
  const start = ensemble(m, 'zk', 'zookeeper:3.9', { env })
  const server = start(1)
  await m.clock.advance(5000)
  expect((await m.exec(server, ['cat', '/data/myid'])).out).toBe('2\n')
  expect(
    server.logs
      .lines()
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('[myid:2] - INFO  [QuorumPeer[myid=2]')
})

it('socat carries connections to another address', async () => {
  const m = machine()
  const web = m.sandbox('web')
  m.run('gcr.io/google-samples/hello-app:1.0', {}, web)
  const pod = m.sandbox('pod')
  m.run('alpine/socat:1.8.0.3', { args: ['tcp-listen:5432,fork', `tcp-connect:${web.ips[0]}:8080`] }, pod)
  const shell = m.run('curlimages/curl', { command: ['sleep', '1d'] }, pod)
  await m.clock.advance(2000)
  for (let i = 0; i < 2; i++)
    expect((await m.exec(shell, ['curl', '-s', 'localhost:5432'])).out).toBe(
      'Hello, world!\nVersion: 1.0.0\nHostname: web\n',
    )
})

it('WordPress shows its first page to whom its database lets in', async () => {
  const m = machine()
  const database = m.sandbox('database')
  m.run('mysql:8.0', { env: { MYSQL_ROOT_PASSWORD: 'secret' } }, database)
  const client = m.run('curlimages/curl', { command: ['sleep', '1d'] }, m.sandbox('client'))
  const page = async (password: string): Promise<string> => {
    const pod = m.sandbox(`wordpress-${password}`)
    const env = { WORDPRESS_DB_HOST: database.ips[0]!, WORDPRESS_DB_USER: 'root', WORDPRESS_DB_PASSWORD: password }
    m.run('wordpress:6.2.1-apache', { env }, pod)
    await m.clock.advance(5000)
    return (await m.exec(client, ['curl', '-sL', `http://${pod.ips[0]}`])).out
  }
  expect(await page('secret')).toContain('five-minute WordPress installation')
  expect(await page('wrong')).toContain('Error establishing a database connection')
})

it('a server of MySQL follows another, and refuses whoever else would write', async () => {
  const m = machine()
  const start = (id: number, setting: string) => {
    const command = ['docker-entrypoint.sh', 'mysqld', `--server-id=${id}`, setting]
    const pod = m.sandbox(`mysql-${id}`)
    return { ip: pod.ips[0]!, server: m.run('mysql:5.7', { command, env: { MYSQL_ALLOW_EMPTY_PASSWORD: '1' } }, pod) }
  }
  const { server: source, ip: host } = start(1, '--log-bin')
  const { server: replica } = start(2, '--super-read-only')
  await m.clock.advance(5000)
  const ask = async (server: Container, sql: string) => {
    const { out, err } = await m.exec(server, ['mysql', '-N', '-e', sql])
    return out + err
  }
  await ask(source, "CREATE DATABASE a; CREATE TABLE a.t (s TEXT); INSERT INTO a.t VALUES ('before')")
  const [, file, position] = /^(\S+)\t(\d+)/.exec(await ask(source, 'SHOW MASTER STATUS'))!
  await ask(
    replica,
    `CHANGE MASTER TO MASTER_HOST='${host}', MASTER_USER='root', MASTER_LOG_FILE='${file}', MASTER_LOG_POS=154; START SLAVE`,
  )
  await m.clock.advance(1000)
  expect(await ask(replica, 'SELECT * FROM a.t')).toBe('before\n')
  await ask(source, "INSERT INTO a.t VALUES ('after')")
  await m.clock.advance(1000)
  expect(await ask(replica, 'SELECT s, @@server_id FROM a.t')).toBe('before\t2\nafter\t2\n')
  expect(await ask(replica, "INSERT INTO a.t VALUES ('here')")).toContain('--super-read-only option')
  expect(await ask(replica, 'SHOW SLAVE STATUS')).toContain('Waiting for master to send event')
  expect(Number(position)).toBeGreaterThan(154)
})

it('workers take messages from a queue, each once', async () => {
  const m = machine()
  const pod = m.sandbox('rabbitmq')
  const server = m.run('rabbitmq:3.13-management', {}, pod)
  const client = m.run('ubuntu:24.04', { command: ['sleep', '1d'] }, m.sandbox('client'))
  await m.clock.advance(5000)
  const url = `--url=amqp://guest:guest@${pod.ips[0]}:5672`
  const sh = async (script: string) => (await m.exec(client, ['bash', '-c', script])).out
  await sh('apt-get update; apt-get install -y amqp-tools')
  expect(
    await sh(`amqp-declare-queue ${url} -q jobs -d; for f in a b c; do amqp-publish ${url} -r jobs -p -b $f; done`),
  ).toBe('jobs\n')
  expect((await m.exec(server, ['rabbitmqctl', 'list_queues'])).out).toContain('\njobs\t3\n')
  expect(
    await sh(
      `amqp-consume ${url} -q jobs -c 2 sh -c 'cat; echo -n ,'; amqp-get ${url} -q jobs; amqp-get ${url} -q jobs || echo " $?"`,
    ),
  ).toBe('a,b,c 2\n')
  expect(await sh(`amqp-consume ${url} -q jobs -c 1 cat & sleep 1; amqp-publish ${url} -r jobs -b late; wait`)).toBe(
    'late',
  )
})
