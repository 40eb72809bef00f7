/** The site's server: what it sends compressed is what is there now. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, siteListener } from './serve.mjs'

const folder = mkdtempSync(join(tmpdir(), 'podlab-site-'))
const long = (word: string): string => `<html><head></head>${word.repeat(400)}</html>`
let server: Server
let origin: string
beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), long('first '))
  writeFileSync(join(folder, '404.html'), long('lost '))
  server = await serve(folder, 0)
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, encoding: string, method = 'GET') =>
  fetch(origin + path, { method, headers: { 'Accept-Encoding': encoding } })

test.each(['br', 'gzip', 'identity'])('a page, %s, whole and for many', async encoding => {
  const answers = await Promise.all(Array.from({ length: 3 }, () => get('/', encoding)))
  for (const answer of answers) {
    expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding)
    expect(await answer.text()).toBe(long('first '))
  }
  const head = await get('/', encoding, 'HEAD')
  expect(head.headers.get('content-length')).toBe(answers[0]!.headers.get('content-length'))
  expect(await head.text()).toBe('')
})

test.each(['br', 'identity'])('a page with a mark in its head, %s', async encoding => {
  const marking = createServer(siteListener(folder, '<meta>')).listen(0)
  const { port } = marking.address() as AddressInfo
  const answer = await fetch(`http://localhost:${port}/`, { headers: { 'Accept-Encoding': encoding } })
  expect(await answer.text()).toBe(long('first ').replace('<head>', '<head><meta>'))
  marking.close()
})

test('what is not there has a page of its own', async () => {
  const answer = await get('/nowhere/', 'br')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe(long('lost '))
})

test('a file that has changed is sent as it is now', async () => {
  const before = await get('/', 'br')
  writeFileSync(join(folder, 'index.html'), long('second '))
  const answer = await get('/', 'br')
  expect(await answer.text()).toBe(long('second '))
  expect(answer.headers.get('etag')).not.toBe(before.headers.get('etag'))
})

/** What the server answers to a request that no browser writes; its status line and where it leads. */
const raw = (target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, 'localhost')
    let answer = ''
    socket.on('data', chunk => (answer += chunk)).on('error', reject)
    socket.on('end', () => resolve(answer.match(/(?<=^HTTP\/1.1 )\d+|Location: .*/gm)?.join(' ') ?? answer))
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  })

test.each([
  ['//', '200'],
  ['///[', '404'],
  ['http://[/', '400'],
  ['http://elsewhere.example/', '200'],
  ['/%', '404'],
  ['/%00', '404'],
  ['/..%2f..%2f..%2fetc/passwd', '404'],
])('a request for %s is answered with %s, and the next one as well', async (target, status) => {
  expect(await raw(target)).toBe(status)
  expect((await get('/', 'br')).status).toBe(200)
})

test('whoever is sent on to a folder stays on this host', async () => {
  mkdirSync(join(folder, 'lessons'), { recursive: true })
  writeFileSync(join(folder, 'lessons', 'index.html'), long('lessons '))
  expect(await raw('/lessons?a')).toBe('301 Location: /lessons/?a')
  expect(await raw('/.//elsewhere.example/..%2flessons')).toBe('301 Location: /elsewhere.example/..%2flessons/')
  expect(await raw('/.//elsewhere.example/')).toBe('404')
})
