/** The site's server: what it sends compressed is what is there now. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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
