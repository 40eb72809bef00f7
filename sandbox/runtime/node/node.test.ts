/** Programs of the simulated Node: they run in virtual time, talk over the simulated network, and end as real ones do. */
import { describe, expect, test } from 'vitest'
import { createVolume } from '../files/volume.ts'
import { finish, machine } from '../testing.ts'

const logOf = (lines: readonly { text: string }[]): string => lines.map(l => `${l.text}\n`).join('')

/** A container of the official image with a file, and all that it prints. */
function program(source: string, name = 'app.mjs', m = machine()) {
  const volume = createVolume(m.clock)
  volume.root.write(name, source)
  const sandbox = m.sandbox(`pod-${Math.abs(source.length)}`)
  const container = m.run(
    'node:22',
    { command: ['node', `/app/${name}`], mounts: [{ volume, containerPath: '/app', readOnly: false }] },
    sandbox,
  )
  const ended = () => container.state.state === 'exited'
  return {
    m,
    volume,
    container,
    ip: sandbox.ips[0]!,
    ended,
    toTheEnd: (ms = 60_000) => finish(m.clock, ended, ms),
    log: () => logOf(container.logs.lines()),
  }
}
const status = (p: ReturnType<typeof program>) =>
  p.container.state.state === 'exited' ? p.container.state.status : undefined

describe('a program', () => {
  test('prints, waits in virtual time, and ends by itself', async () => {
    const p = program(`
      import { setTimeout as sleep } from 'node:timers/promises'
      const began = Date.now()
      await sleep(90_000)
      console.log('%s waited', 'app', Date.now() - began >= 90_000, { a: [1, 'two'], b: null }, [undefined, true])
      process.exitCode = 3`)
    await p.toTheEnd(100_000)
    expect(p.log()).toBe("app waited true { a: [ 1, 'two' ], b: null } [ undefined, true ]\n")
    expect(status(p)).toEqual({ code: 3 })
  })

  test('reads and writes files, and is told in words why it cannot', async () => {
    const p = program(
      `
      const fs = require('fs')
      fs.writeFileSync('/app/out.txt', 'one\\n')
      fs.appendFileSync('/app/out.txt', 'two\\n')
      console.log(fs.readFileSync('/app/out.txt', 'utf8').trim().split('\\n'), fs.existsSync('/nothing'))
      try { fs.readFileSync('/nothing') } catch (e) { console.log(e.code, e.message) }`,
      'app.cjs',
    )
    await p.toTheEnd()
    expect(p.log()).toBe("[ 'one', 'two' ] false\nENOENT ENOENT: no such file or directory, open '/nothing'\n")
    expect(p.volume.root.read('out.txt')).toBe('one\ntwo\n')
  })

  test('takes other files of its own along, and no others', async () => {
    const p = program("import { word } from './word.mjs'\nimport os from 'node:os'\nconsole.log(word, os.hostname())")
    p.volume.root.write('word.mjs', "export const word = 'hello'")
    await p.toTheEnd()
    expect(p.log()).toMatch(/^hello pod-\d+\n$/)
    const lost = program("import express from 'express'")
    await lost.toTheEnd()
    expect(lost.log()).toContain(
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /app/app.mjs",
    )
    expect(status(lost)).toEqual({ code: 1 })
    const refused = program("import net from 'node:net'")
    await refused.toTheEnd()
    expect(refused.log()).toContain("not simulated: the module 'node:net'")
  })

  test('comes as an argument, or by standard input; without any it ends at once', async () => {
    const m = machine()
    const shell = m.run('node:22', { command: ['sleep', '1d'] })
    const run = async (script: string) => {
      const { out, err, code } = await m.exec(shell, ['sh', '-c', script])
      return `${code} ${out}${err}`
    }
    expect(await run(`node -p 'process.argv.length + "," + (1 + 1)' x`)).toBe('0 2,2\n')
    expect(await run(`echo 'console.log(require("os").EOL.length)' | node`)).toBe('0 1\n')
    expect(await run('node < /dev/null')).toBe('0 ')
    expect(await run('node --inspect app.js')).toBe('126 node: not simulated: the option --inspect\n')
    expect(await run('node nothing.mjs')).toMatch(/^1 Error: Cannot find module '\/nothing.mjs'/)
    // Some browsers can be told to do without.
    const { WebAssembly } = globalThis
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly')
      expect(await run('node -p 1')).toBe('126 node: not simulated: JavaScript in a browser without WebAssembly\n')
    } finally {
      Object.assign(globalThis, { WebAssembly })
    }
  })

  test('that is killed before it has begun does nothing any more', async () => {
    const p = program("console.log('hello')")
    p.container.kill('KILL')
    await p.toTheEnd()
    expect(status(p)).toMatchObject({ code: 137 })
    expect(p.log()).toBe('')
  })

  test('ends with 1 and its stack at an error that nobody catches', async () => {
    const p = program("setTimeout(() => { throw new TypeError('oh no') }, 1000)")
    await p.toTheEnd()
    expect(p.log()).toMatch(/^TypeError: oh no\n +at .*app\.mjs.*\n[\s\S]*\nNode\.js v22\.20\.0\n$/)
    expect(status(p)).toEqual({ code: 1 })
  })

  test('is killed when it has more memory than its limit', async () => {
    const m = machine()
    const container = m.run('node:22', {
      command: ['node', '-e', 'const all = []; setInterval(() => all.push(new Array(1_000_000).fill(0)), 100)'],
      memoryBytes: 128 * 1024 * 1024,
    })
    await finish(m.clock, () => container.state.state === 'exited', 60_000)
    expect(container.state).toMatchObject({ status: { code: 137, oomKilled: true } })
  })
})

describe('a server', () => {
  const SERVER = `
    import { createServer } from 'node:http'
    const server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://localhost')
      let body = ''
      for await (const chunk of request) body += chunk
      if (pathname === '/hang') for (;;);
      if (pathname === '/slow') await new Promise(done => setTimeout(done, 5000))
      response.writeHead(pathname === '/missing' ? 404 : 200, { 'Content-Type': 'text/plain' })
      response.end([request.method, pathname, searchParams.get('q'), body].join(' '))
    })
    server.listen(8080, () => console.log('listening', server.address().port))
    process.on('SIGTERM', () => {
      console.log('closing')
      server.close(() => { console.log('closed'); process.exit(0) })
    })`
  const beside = async () => {
    const p = program(SERVER)
    const shell = p.m.run('nicolaka/netshoot', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    await p.m.clock.advance(1000)
    return { ...p, sh: (script: string) => p.m.exec(shell, ['sh', '-c', script]) }
  }

  test('answers over the simulated network', async () => {
    const { ip, sh } = await beside()
    expect(
      (await sh(`curl -s '${ip}:8080/a?q=b%20c' -d body; curl -s -o /dev/null -w ' %{http_code}' ${ip}:8080/missing`))
        .out,
    ).toBe('POST /a b c body 404')
  })

  test('finishes what it has begun before it goes', async () => {
    const p = await beside()
    const answer = p.sh(`curl -s ${p.ip}:8080/slow`)
    await p.m.clock.advance(1000)
    p.container.kill('TERM')
    expect((await answer).out).toBe('GET /slow  ')
    await p.toTheEnd()
    expect(p.log()).toBe('listening 8080\nclosing\nclosed\n')
    expect(status(p)).toEqual({ code: 0 })
  })

  test('hears nobody any more while it goes round in a circle, and can only be killed', async () => {
    const p = await beside()
    await p.sh(`curl -s -m 2 ${p.ip}:8080/hang`)
    expect((await p.sh(`curl -s -m 2 ${p.ip}:8080/a`)).code).toBe(28)
    p.container.kill('TERM')
    await p.m.clock.advance(30_000)
    expect(p.ended()).toBe(false)
    p.container.kill('KILL')
    await p.m.clock.settle()
    expect(status(p)).toMatchObject({ code: 137 })
  })

  test('is told when its port is taken', async () => {
    const p = program(`
      import { createServer } from 'node:http'
      createServer().listen(8080)
      createServer().listen(8080)`)
    await p.toTheEnd()
    expect(p.log()).toContain('Error: listen EADDRINUSE: address already in use :::8080')
    expect(status(p)).toEqual({ code: 1 })
  })

  test('asks others', async () => {
    const { m, ip } = await beside()
    const p = program(
      `
      const answer = await fetch('http://${ip}:8080/x', { method: 'PUT', body: 'data' })
      console.log(answer.status, answer.headers.get('content-type'), await answer.text())
      await fetch('http://${ip}:9/').catch(e => console.log(e.message, e.cause.code))`,
      'app.mjs',
      m,
    )
    await p.toTheEnd()
    expect(p.log()).toBe('200 text/plain PUT /x  data\nfetch failed ECONNREFUSED\n')
  })
})

test('the same seed gives the same chances and the same times', async () => {
  const run = async () => {
    const p = program('console.log(Math.random(), Date.now(), performance.now())')
    await p.toTheEnd()
    return p.log()
  }
  expect(await run()).toBe(await run())
})

describe('a program without an end to its calls', () => {
  test('ends as in Node, or catches what is thrown, and leaves the engine to others', async () => {
    const deep = program('const down = n => down(n + 1) + 1\ndown(0)')
    await deep.toTheEnd()
    expect(deep.log()).toContain('RangeError: Maximum call stack size exceeded')
    expect(deep.log().match(/at down/g)).toHaveLength(10)
    expect(status(deep)).toEqual({ code: 1 })

    const careful = program("const down = n => down(n + 1) + 1\ntry { down(0) } catch { console.log('deep enough') }")
    await careful.toTheEnd()
    expect(careful.log()).toBe('deep enough\n')
  })

  test('may be nested so deeply that the engine itself is left in the middle', async () => {
    const brackets = program("eval('('.repeat(1e5) + ')'.repeat(1e5))")
    await brackets.toTheEnd()
    expect(brackets.log()).toContain('RangeError: Maximum call stack size exceeded')
    expect(status(brackets)).toEqual({ code: 1 })

    const after = program("console.log('still there')")
    await after.toTheEnd()
    expect(after.log()).toBe('still there\n')
  })
})
