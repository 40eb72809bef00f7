/** What books, courses and projects deploy: what it answers, and how it logs. */
import { expect, it } from 'vitest'
import { logOf, type Machine, machine } from '../../testing.ts'

/** Pods with one container each, and a shell beside them. */
function world() {
  const m = machine()
  const shell = m.run('curlimages/curl', { command: ['sleep', '1d'] }, m.sandbox('shell'))
  return {
    m,
    start(image: string, config: Parameters<Machine['run']>[1] = {}, name = image.replace(/\W+/g, '-')) {
      const pod = m.sandbox(name)
      return { container: m.run(image, config, pod), ip: pod.ips[0]!, name }
    },
    ask: async (script: string) => (await m.exec(shell, ['sh', '-c', script])).out,
  }
}

it.each([
  [
    'katacoda/docker-http-server:v1',
    80,
    '/',
    (host: string) => `<h1>This request was processed by host: ${host}</h1>\n`,
  ],
  [
    'luksa/kiada:0.1',
    8080,
    '/',
    (host: string) => `Kiada version 0.1. Request processed by "${host}". Client IP: ::ffff:10.244.0.2\n`,
  ],
  ['openshift/hello-openshift', 8080, '/', () => 'Hello OpenShift!\n'],
  ['gcr.io/google_containers/defaultbackend:1.4', 8080, '/x', () => 'default backend - 404'],
  ['jwilder/whoami', 8000, '/', (host: string) => `I'm ${host}\n`],
  ['hashicorp/counting-service:0.0.2', 9001, '/', (host: string) => `{"count":1,"hostname":"${host}"}`],
  ['nginxdemos/hello:plain-text', 80, '/a', (host: string) => `Server name: ${host}\nDate: 05/Jan/2026`],
  [
    'wbitt/network-multitool',
    80,
    '/',
    (host: string) => `WBITT Network MultiTool (with NGINX) - ${host} - 10.244.0.3 - HTTP: 80 , HTTPS: 443`,
  ],
  [
    'registry.cn-hangzhou.aliyuncs.com/google_containers/nginx-slim:0.8',
    80,
    '/',
    () => '<title>Welcome to nginx!</title>',
  ],
  ['m.daocloud.io/docker.io/library/nginx', 80, '/', () => '<title>Welcome to nginx!</title>'],
])('%s answers as it is known to', async (image, port, path, answer) => {
  const { m, start, ask } = world()
  const { ip, name } = start(image)
  await m.clock.advance(10_000)
  expect(await ask(`curl -s ${ip}:${port}${path}`)).toContain(answer(name))
})

it('an application in PHP logs as its Apache does', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('registry.k8s.io/hpa-example')
  await m.clock.advance(2000)
  expect(await ask(`curl -s ${ip}`)).toBe('OK!')
  const lines = logOf(container).trimEnd().split('\n')
  expect(lines[0]).toBe(
    `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${ip}. Set the 'ServerName' directive globally to suppress this message`,
  )
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(
      /^\[Mon Jan 05 09:00:00\.\d{6} 2026\] \[mpm_prefork:notice\] \[pid 1\] AH00163: Apache\/2\.4\.10 \(Debian\) PHP\/5\.6\.14 configured -- resuming normal operations$/,
    ),
    expect.stringMatching(/\[core:notice\] \[pid 1\] AH00094: Command line: 'apache2 -D FOREGROUND'$/),
    expect.stringMatching(
      /^10\.244\.0\.2 - - \[05\/Jan\/2026:09:00:0\d \+0000\] "GET \/ HTTP\/1\.1" 200 \d{3} "-" "curl\/[\d.]+"$/,
    ),
  ])
})

it('one in Flask says where it has its colour from, and logs as Flask does', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('kodekloud/webapp-color', { env: { APP_COLOR: 'green' } })
  await m.clock.advance(2000)
  expect(await ask(`curl -s ${ip}:8080`)).toContain('background:green')
  expect(logOf(container)).toContain('No Command line argument. Color from environment variable =green\n')
  expect(logOf(container)).toMatch(/^10\.244\.0\.2 - - \[05\/Jan\/2026 09:00:0\d\] "GET \/ HTTP\/1\.1" 200 -$/m)
})

it('one that starts slowly listens when its delay is over', async () => {
  const { m, start, ask } = world()
  const { ip } = start('kodekloud/webapp-delayed-start', { env: { APP_START_DELAY: '30' } })
  await m.clock.advance(20_000)
  expect(await ask(`curl -s -o /dev/null -w '%{http_code}' ${ip}:8080/ready`)).toBe('000')
  await m.clock.advance(15_000)
  expect(await ask(`curl -s -o /dev/null -w '%{http_code}' ${ip}:8080/ready`)).toBe('200')
})

it('the network tools listen for HTTPS too, where they are told to', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('wbitt/network-multitool', { env: { HTTP_PORT: '1180', HTTPS_PORT: '11443' } })
  await m.clock.advance(5000)
  expect(logOf(container)).toContain('(443) with the value specified by the user - (HTTPS_PORT: 11443).')
  const page = ' - HTTP: 1180 , HTTPS: 11443 . (Formerly praqma/network-multitool)\n'
  expect(await ask(`curl -s ${ip}:1180`)).toContain(page)
  expect(await ask(`curl -sk https://${ip}:11443`)).toContain(page)
})

it('colours are first words of names, and the namespace is the one of the account', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('jpetazzo/color', { env: { NAMESPACE: 'red' } }, 'green-7d4')
  await m.clock.advance(2000)
  expect(await ask(`curl -s ${ip}/a`)).toContain(
    '🔴🟢This is pod red/green-7d4 on linux/amd64, serving /a for 10.244.0.2:',
  )
  expect(logOf(container)).toMatch(
    /^Starting HTTP server \(linux\/amd64\) listening on port 80\.\n10\.244\.0\.2:\d+ GET \/a HTTP\/1\.1 \[curl\//,
  )
})

it('an API of numbers fails after as many calls as it is told, until it is reset', async () => {
  const { m, start, ask } = world()
  const { ip } = start('kiamol/ch03-numbers-api', { env: { FailAfterCallCount: '1' } })
  await m.clock.advance(5000)
  expect(await ask(`curl -s ${ip}/rng`)).toMatch(/^\d+$/)
  const code = `curl -s -o /dev/null -w '%{http_code} ' ${ip}`
  expect(await ask(`${code}/rng; ${code}/healthz; curl -s ${ip}/reset; ${code}/healthz`)).toBe('500 500 Ok200 ')
})

it('a generator of random numbers has a file while it is ready', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('k8spatterns/random-generator:1.0')
  const ready = async () => (await m.exec(container, ['stat', '/tmp/random-generator-ready'])).code
  expect(await ready()).toBe(1)
  await m.clock.advance(10_000)
  expect(await ready()).toBe(0)
  expect(await ask(`curl -s ${ip}:8080/`)).toMatch(/"random": -?\d+,\s+"id": "[\da-f-]{36}"/)
  await ask(`curl -s ${ip}:8080/toggle-ready; curl -s ${ip}:8080/toggle-live`)
  expect(await ready()).toBe(1)
  expect(await ask(`curl -s -o /dev/null -w '%{http_code}' ${ip}:8080/actuator/health`)).toBe('503')
})

it('the death star lets ships land, and has an exhaust port', async () => {
  const { m, start, ask } = world()
  const { ip } = start('quay.io/cilium/starwars:v2.1')
  await m.clock.advance(2000)
  expect(await ask(`curl -s -XPOST ${ip}/v1/request-landing`)).toBe('Ship landed\n')
  expect(await ask(`curl -s -XPUT ${ip}/v1/exhaust-port`)).toMatch(/^Panic: deathstar exploded\n/)
})

it('Istio’s echo of lines says a word before each', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('istio/tcp-echo-server:1.2', { args: ['9000,9001', 'one'] })
  await m.clock.advance(2000)
  expect(await ask(`echo hello | nc -w 1 ${ip} 9001`)).toBe('one hello\n')
  expect(logOf(container)).toBe(
    'listening on [::]:9000, prefix: one\nlistening on [::]:9001, prefix: one\nrequest: hello\nresponse: one hello\n',
  )
})

it('the resource consumer uses as much CPU and memory as it is asked for', async () => {
  const { m, start, ask } = world()
  const { container, ip } = start('registry.k8s.io/e2e-test-images/resource-consumer:1.13')
  await m.clock.advance(2000)
  expect(await ask(`curl -s --data 'millicores=300&durationSec=60' ${ip}:8080/ConsumeCPU`)).toBe(
    'ConsumeCPU\n300 millicores\n60 durationSec\n',
  )
  expect(await ask(`curl -s --data 'megabytes=100&durationSec=60' ${ip}:8080/ConsumeMem`)).toContain('100 megabytes\n')
  const before = container.usage()
  await m.clock.advance(20_000)
  const { cpuMs, memoryBytes } = container.usage()
  expect(memoryBytes).toBeGreaterThan(100 * 1024 ** 2)
  expect((cpuMs - before.cpuMs) / 20_000).toBeCloseTo(0.3, 1)
  await m.clock.advance(60_000)
  expect(container.usage().memoryBytes).toBeLessThan(20_000_000)
  expect(await ask(`curl -s ${ip}:8080/ConsumeCPU`)).toBe('Bad request. Not a POST request\n')
})

it('stress-ng uses what it says for as long as it says', async () => {
  const { m, start } = world()
  const { container } = start('alexeiled/stress-ng', {
    args: ['--cpu', '1', '--vm', '2', '--vm-bytes=64M', '--vm-keep', '-t', '30s'],
  })
  await m.clock.advance(20_000)
  expect(container.usage().memoryBytes).toBeGreaterThan(64 * 1024 ** 2)
  await m.clock.advance(20_000)
  expect(logOf(container)).toMatch(
    /^stress-ng: info: {2}\[1\] setting to a 30 secs run per stressor\nstress-ng: info: {2}\[1\] dispatching hogs: 1 cpu, 2 vm\n[\s\S]*passed: 3: cpu \(1\) vm \(2\)\n[\s\S]*successful run completed in 30\.00 secs\n$/,
  )
  expect(container.state).toMatchObject({ state: 'exited', status: { code: 0 } })
})

it.each([
  [['-c', '1'], 'defaulting to a 1 day, 0 secs'],
  [['-c', '1', '-t', '1m'], 'setting to a 1 min, 0 secs'],
  [['-c', '1', '-t', '3690'], 'setting to a 1 hour, 1 min, 30 secs'],
])('stress-ng %j tells for how long', async (args, said) => {
  const { m, start } = world()
  const { container } = start('alexeiled/stress-ng', { args })
  await m.clock.advance(1000)
  expect(logOf(container)).toContain(`${said} run per stressor\n`)
})

it('commands are the first process of their images', async () => {
  const { m, start } = world()
  const git = start('alpine/git', { args: ['clone', 'https://github.com/kubernetes/examples.git'] })
  const whale = start('docker/whalesay', { command: ['cowsay'], args: ['hello world'] })
  const cow = start('rancher/cowsay', { args: ['cowsay', 'moo'] })
  const sleep = start('kiamol/ch03-sleep')
  const shell = start('nicolaka/netshoot')
  await m.clock.advance(5000)
  expect(logOf(git.container)).toBe(
    "Cloning into 'examples'...\nfatal: unable to access 'https://github.com/kubernetes/examples.git/': Could not resolve host: github.com\n",
  )
  expect(git.container.state).toMatchObject({ status: { code: 128 } })
  expect(logOf(whale.container)).toMatch(/^ _{13} \n< hello world >\n -{13} \n {4}\\\n/)
  expect(logOf(cow.container)).toContain('< moo >\n ----- \n        \\   ^__^\n')
  expect(sleep.container.state).toMatchObject({ state: 'running' })
  // Its shell has nobody to talk to.
  expect(shell.container.state).toMatchObject({ state: 'exited', status: { code: 0 } })
})
