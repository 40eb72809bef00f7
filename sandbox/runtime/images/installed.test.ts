/** Which tools an image's containers find: those that it has installed, and no others. */
import { expect, it } from 'vitest'
import { machine } from '../testing.ts'

const ASKED = ['bash', 'ps', 'kill', 'top', 'less', 'more', 'curl', 'wget', 'openssl', 'ip', 'ping', 'vi']

/** Those of the asked ones that are files of the image. */
async function found(image: string): Promise<string> {
  const m = machine()
  const container = m.run(image, { command: ['sleep', '1d'] }, m.sandbox('a'))
  await m.clock.advance(10_000)
  const { out } = await m.exec(container, [
    'sh',
    '-c',
    `for t in ${ASKED.join(' ')}; do [ -x /usr/bin/$t ] && echo $t; done`,
  ])
  return out.trim().split('\n').join(' ')
}

it.each([
  ['debian:12', 'bash more'],
  ['debian:12-slim', 'bash more'],
  ['debian:10', 'bash more ip ping'],
  ['debian:10-slim', 'bash more'],
  ['ubuntu:24.04', 'bash ps kill top more'],
  ['nginx:1.27', 'bash more curl openssl'],
  ['httpd:2.4', 'bash more openssl'],
  ['redis:7', 'bash more'],
  ['postgres:16', 'bash less more openssl'],
  ['mongo:7', 'bash ps kill top more openssl'],
  ['python:3.12', 'bash ps kill top more curl wget openssl'],
  ['python:3.12-slim', 'bash more openssl'],
  ['node:20', 'bash ps kill top more curl wget openssl'],
  ['node:20-slim', 'bash more'],
  ['ruby:3.3-slim', 'bash ps kill top more openssl'],
  ['php:8.3-cli', 'bash more curl openssl'],
  ['bitnami/redis:7.4', 'bash ps kill top more curl openssl'],
])('%s has %s', async (image, tools) => {
  expect(await found(image)).toBe(tools)
})

it('what is built on packages of rpm has no tools of dpkg', async () => {
  const m = machine()
  const container = m.run('rockylinux:9', { command: ['sleep', '1d'] }, m.sandbox('a'))
  await m.clock.advance(10_000)
  const { out } = await m.exec(container, ['bash', '-c', 'ls /usr/bin /usr/sbin | grep -E "^(apt|dpkg|deb)|^lscpu$"'])
  expect(out).toBe('lscpu\ndebugfs\n')
})

it('says as the runtime does that a program is not there, and installs it', async () => {
  const m = machine()
  const container = m.run('debian:12', { command: ['sleep', '1d'] }, m.sandbox('a'))
  await m.clock.advance(10_000)
  const { out, err } = await m.exec(container, [
    'bash',
    '-c',
    'ps; echo $?; apt-get update >/dev/null && apt-get install -qq -y procps >/dev/null 2>&1 && ps -e | grep -c sleep',
  ])
  expect({ out, err }).toEqual({ out: '127\n1\n', err: 'bash: line 1: ps: command not found\n' })
})
