/** The guestbooks of Kubernetes' tutorials: pages that keep what they are told in redis, one in PHP and one in Go. */
import { resolveHost } from '../../commands/network/resolve.ts'
import type { HttpResponse } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import { command, type Reply, takeReply } from '../databases/redis/protocol.ts'
import { apache } from './log-styles.ts'
import { type Behaviour, html, json, text } from './small-server.ts'

const PATIENCE_MS = 5000
const PORT = 6379

/** Asks a redis for one thing. @param done is told why it could not be asked, or what was answered */
function ask(process: Process, host: string, words: readonly string[], done: (answer: Reply | string) => void): void {
  const ip = resolveHost(process, host).ips[0]
  if (!ip) {
    done('getaddrinfo failed: Name or service not known')
    return
  }
  let told = false
  const tell = (answer: Reply | string): void => {
    if (told) return
    told = true
    process.clock.cancel(timer)
    done(answer)
  }
  const timer = process.clock.after(PATIENCE_MS, () => tell('Connection timed out'))
  process.net.connect('TCP', ip, PORT, result => {
    if ('failure' in result)
      return tell(result.failure === 'ECONNREFUSED' ? 'Connection refused' : 'Connection timed out')
    const { connection } = result
    let buffer = ''
    connection.onData(data => {
      buffer += data
      const taken = takeReply(buffer)
      if (!taken) return
      tell(taken.reply)
      connection.close()
    })
    connection.onClose(() => tell('Connection lost'))
    connection.send(command(words))
  })
}

const ofPhp = (body: string): HttpResponse => text(body, 200, 'application/json')

/** A fault that PHP does not catch. */
const uncaught = (what: string): HttpResponse =>
  text(`<br />\n<b>Fatal error</b>:  Uncaught ${what}\n`, 500, 'text/html; charset=UTF-8')

export const phpGuestbook: Behaviour = {
  interpreted: true,
  plainLog: true,
  answer(request, { process, tag }, respond) {
    if (request.path === '/' || request.path === '/index.html')
      return html(
        'Guestbook',
        '<h2>Guestbook</h2>\n<form><input name="input" placeholder="Messages"><button>Submit</button></form>',
      )
    if (request.path !== '/guestbook.php') return text('Not Found\n', 404)
    const what = request.query.get('cmd')
    if (what === null) return text('phpinfo() is not simulated\n', 501)
    const writes = what === 'set'
    const old = /^v[1-4]$/.test(tag)
    const role = writes ? (old ? 'master' : 'leader') : old ? 'slave' : 'follower'
    const given = process.env[`REDIS_${role.toUpperCase()}_SERVICE_HOST`]
    const host = process.env.GET_HOSTS_FROM === 'env' ? (given ?? '') : `redis-${role}`
    const key = request.query.get('key') ?? ''
    const words = writes ? ['SET', key, request.query.get('value') ?? ''] : ['GET', key]
    ask(process, host, words, answer => {
      if (typeof answer === 'string')
        respond(uncaught(`Predis\\Connection\\ConnectionException: ${answer} [tcp://${host}:${PORT}]`))
      else if (answer.kind === 'error') respond(uncaught(`Predis\\Response\\ServerException: ${answer.text}`))
      else if (writes) respond(ofPhp('{"message": "Updated"}'))
      else respond(ofPhp(`{"data": "${answer.kind === 'bulk' ? (answer.text ?? '') : ''}"}`))
    })
    return undefined
  },
  style: apache('2.4.38', '7.4.33'),
}

const MASTER = 'redis-master'
const REPLICA = 'redis-replica'

/** What the Go server says of a panic. */
const panic = (what: string): HttpResponse => text(`PANIC: ${what}`, 500)

export const goGuestbook: Behaviour = {
  answer(request, { process }, respond) {
    const list = (key: string): void =>
      ask(process, REPLICA, ['LRANGE', key, '0', '-1'], answer => {
        if (typeof answer === 'string') respond(panic(answer))
        else if (answer.kind !== 'array') respond(panic(answer.kind === 'error' ? answer.text : answer.kind))
        else {
          const members = answer.items.flatMap(item => (item.kind === 'bulk' ? [item.text ?? ''] : []))
          respond(text(JSON.stringify(members, null, 2)))
        }
      })
    const [, what, key = '', value] = request.path.split('/')
    if (request.path === '/') return html('Guestbook', '<h1>Guestbook</h1>')
    if (request.path === '/env') return json(process.env)
    if (request.path === '/info')
      ask(process, MASTER, ['INFO'], answer => {
        if (typeof answer === 'string') respond(panic(answer))
        else respond(text(answer.kind === 'bulk' ? (answer.text ?? '') : ''))
      })
    else if (what === 'lrange' && value === undefined) list(key)
    else if (what === 'rpush' && value !== undefined)
      ask(process, MASTER, ['RPUSH', key, value], answer => {
        if (typeof answer === 'string') respond(panic(answer))
        else if (answer.kind === 'error') respond(panic(answer.text))
        else list(key)
      })
    else return text('404 page not found\n', 404)
    return undefined
  },
  plainLog: true,
  greeting: port => `[negroni] listening on :${port}`,
}
