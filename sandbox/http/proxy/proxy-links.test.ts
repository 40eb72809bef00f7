/** Links of a server behind the proxy lead through the proxy. */
import { describe, expect, it } from 'vitest'
import { plain, reply } from '../exchange.ts'
import { relink, throughProxy } from './proxy-links.ts'

const place = { prefix: '/api/v1/namespaces/n/pods/web:80/proxy', hosts: ['10.244.1.2:80', '127.0.0.1:6443'] }

describe('links of a proxied page', () => {
  it.each([
    ['/next', `${place.prefix}/next`],
    ['/dir/?a=/b#c', `${place.prefix}/dir/?a=/b#c`],
    ['http://10.244.1.2:80/next', `${place.prefix}/next`],
    ['//127.0.0.1:6443/next', `${place.prefix}/next`],
    [`${place.prefix}/next`, `${place.prefix}/next`],
    ['/a//./b/../c/', `${place.prefix}/a/c/`],
    ['/', `${place.prefix}/`],
    ['next', 'next'],
    ['http://example.com/next', 'http://example.com/next'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('%s', (link, wanted) => {
    expect(throughProxy(link, place)).toBe(wanted)
  })

  it('are changed in the attributes that hold links, in pages and in redirections only', () => {
    const html = `<!-- <a href="/x"> --><a class=big href='/rewriteme'>test</a><p title="/x"><img src=/a.png>`
    const page = relink(reply(200, 'text/html; charset=utf-8', html), place)
    expect(page.body).toBe(
      `<!-- <a href="/x"> --><a class=big href="${place.prefix}/rewriteme">test</a><p title="/x"><img src="${place.prefix}/a.png">`,
    )
    expect(relink(plain(200, html), place).body).toBe(html)
    const moved = { ...plain(301, ''), headers: { location: '/there' } }
    expect(relink(moved, place).headers.location).toBe(`${place.prefix}/there`)
  })
})
