/** What a tag decides: the version, the system below, the program that starts. */
import { expect, it } from 'vitest'
import { machine } from '../testing.ts'

it.each([
  ['python:3.9-slim', 'python --version', 'Python 3.9.24\n'],
  ['node:20', 'node --version', 'v20.19.5\n'],
  ['golang:1.22', 'go version', 'go version go1.22.12 linux/amd64\n'],
  ['php:8.2-cli', 'php -v | head -n 1', 'PHP 8.2.29 (cli) (NTS)\n'],
  ['redis:6', 'redis-server --version | cut -d" " -f3', 'v=6.2.16\n'],
  ['redis:7.2-alpine', 'redis-cli --version; command -v bash', 'redis-cli 7.2.6\n'],
  ['nginx:1.25-alpine', 'nginx -v 2>&1; cat /etc/alpine-release', 'nginx version: nginx/1.25.5\n3.22.1\n'],
  ['httpd:2.4', 'httpd -v | head -n 1', 'Server version: Apache/2.4.65 (Unix)\n'],
  ['mysql:8.0', 'mysql --version | cut -d" " -f4', '8.0.43\n'],
  ['mysql:5.7', 'echo $MYSQL_VERSION', '5.7.44-1.el9\n'],
  ['postgres:16-alpine', 'psql --version | cut -d" " -f3', '16.10\n'],
  ['mariadb:10.6', 'mysql --version > /dev/null && echo there', 'there\n'],
  ['mariadb:11', 'command -v mysql || echo gone', 'gone\n'],
  ['alpine:3.18', 'cat /etc/alpine-release', '3.18.12\n'],
  ['ubuntu:22.04', '. /etc/os-release; echo $PRETTY_NAME', 'Ubuntu 22.04.5 LTS\n'],
  ['debian:11', '. /etc/os-release; echo $VERSION_CODENAME', 'bullseye\n'],
])('%s: %s', async (image, script, out) => {
  expect((await machine().sh(script, { image })).out).toBe(out)
})

it('openjdk tells its version on standard error, and refuses to run', async () => {
  expect((await machine().sh('java -version', { image: 'openjdk:17' })).err).toContain('openjdk version "17.0.16"')
  expect(await machine().sh('java -jar app.jar', { image: 'eclipse-temurin:21-jre' })).toMatchObject({
    code: 126,
    err: 'java: running Java is not simulated\n',
  })
})

it('php starts what its tag is for', async () => {
  const m = machine()
  const fpm = m.run('php:8.2-fpm', {}, m.sandbox('fpm'))
  const pod = m.sandbox('apache')
  const apache = m.run('php:8.2-apache', {}, pod)
  await m.clock.advance(1000)
  expect(fpm.logs.lines().at(-1)?.text).toMatch(/NOTICE: ready to handle connections$/)
  await m.exec(apache, ['sh', '-c', 'echo hello > index.html; echo "<?php" > info.php'])
  const ask = async (path: string) =>
    (
      await m.exec(m.run('curlimages/curl', { command: ['sleep', '1d'] }, m.sandbox(path)), [
        'curl',
        '-s',
        `${pod.ips[0]}/${path}`,
      ])
    ).out
  expect(await ask('')).toBe('hello\n')
  expect(await ask('info.php')).toContain('running PHP is not simulated')
})

it('Bitnami’s have settings of their own', async () => {
  const m = machine()
  const open = m.run(
    'bitnami/postgresql:16',
    { env: { ALLOW_EMPTY_PASSWORD: 'yes', POSTGRESQL_DATABASE: 'shop' } },
    m.sandbox('a'),
  )
  const closed = m.run('bitnamilegacy/mysql:8.0', {}, m.sandbox('b'))
  const own = m.run('bitnami/mysql:8.4', { env: { MYSQL_ROOT_PASSWORD: 'x' } }, m.sandbox('c'))
  await m.clock.advance(10_000)
  expect((await m.exec(open, ['psql', '-U', 'postgres', '-h', '127.0.0.1', '-tAc', 'SELECT 1', 'shop'])).out).toBe(
    '1\n',
  )
  expect(closed.state).toMatchObject({ state: 'exited', status: { code: 1 } })
  expect(closed.logs.lines().at(-1)?.text).toContain('MYSQL_ROOT_PASSWORD environment variable is empty')
  expect((await m.exec(own, ['sh', '-c', 'id -u; ls /bitnami/mysql/data/mysql'])).out).toBe('1001\ndb.opt\nuser.frm\n')
})

it('what books and courses deploy does what they tell', async () => {
  const m = machine()
  const job = m.run('luksa/batch-job', {}, m.sandbox('job'))
  const pet = m.sandbox('kubia-0')
  m.run('luksa/kubia-pet', {}, pet)
  const sick = m.sandbox('sick')
  m.run('luksa/kubia-unhealthy', {}, sick)
  const shell = m.run('curlimages/curl', { command: ['sleep', '1d'] }, m.sandbox('shell'))
  await m.clock.advance(130_000)
  expect(job.logs.lines().map(({ text }) => text.replace(/^.* UTC \d+ /, ''))).toEqual([
    'Batch job starting',
    'Finished succesfully',
  ])
  const ask = async (script: string) => (await m.exec(shell, ['sh', '-c', script])).out
  expect(await ask(`curl -s -X POST -d hey ${pet.ips[0]}:8080; curl -s ${pet.ips[0]}:8080`)).toBe(
    "Data stored on pod kubia-0\nYou've hit kubia-0\nData stored on this pod: hey\n",
  )
  const codes = await ask(`for i in 1 2 3 4 5 6; do curl -s -o /dev/null -w '%{http_code} ' ${sick.ips[0]}:8080; done`)
  expect(codes).toBe('200 200 200 200 200 500 ')
})
