/** agnhost resource-consumer-controller: spreads what is to be consumed over the resource consumers behind a Service. */
import { resolvConf, resolveHost } from '../../../commands/network/resolve.ts'
import { dial, responseReader } from '../../../network/http-client.ts'
import { forever } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { exitWith, fault, listen, type Subcommand, text } from './go.ts'

interface Order {
  /** The parameter that is spread, and the one that says how much a single request may ask for. */
  amount: string
  size: string
  /** A parameter that every request repeats. */
  also?: string
  sending(count: number, size: number, rest: number): string
  done(amount: string, also: string): string
}

const ORDERS: Readonly<Record<string, Order>> = {
  '/ConsumeCPU': {
    amount: 'millicores',
    size: 'requestSizeMillicores',
    sending: (count, size, rest) =>
      `sending ${count} requests to consume ${size} millicores each and 1 request to consume ${rest} millicores`,
    done: amount => `Consumed ${amount} millicores`,
  },
  '/ConsumeMem': {
    amount: 'megabytes',
    size: 'requestSizeMegabytes',
    sending: (count, size, rest) =>
      `sending ${count} requests to consume ${size} MB each and 1 request to consume ${rest} MB`,
    done: amount => `Consumed ${amount} megabytes`,
  },
  '/BumpMetric': {
    amount: 'delta',
    size: 'requestSizeMetrics',
    also: 'metric',
    sending: (count, size, rest) =>
      `sending ${count} requests to bump custom metric by ${size} each and 1 request to bump by ${rest}`,
    done: (amount, metric) => `Bumped metric ${metric} by ${amount}`,
  },
}

/** Requests at once. */
const MOST = 10_000

const INTEGER = /^[-+]?\d+$/

export const resourceConsumerController: Subcommand = async (process, flags) => {
  const service = `${flags.text('consumer-service-name')}.${flags.text('consumer-service-namespace')}`
  const port = flags.number('consumer-port')
  const failed = await listen(process, flags.number('port'), (request, respond) => {
    if (request.method !== 'POST') return respond(fault('Bad request. Not a POST request', 400))
    const order = Object.hasOwn(ORDERS, request.path) ? ORDERS[request.path] : undefined
    if (!order) return respond(fault('unknown function', 404))
    const form = new URLSearchParams(request.body)
    const value = (name: string): string => form.get(name) ?? request.query.get(name) ?? ''
    const [seconds, amount, size] = [value('durationSec'), value(order.amount), value(order.size)]
    const also = order.also === undefined ? '' : value(order.also)
    if (!seconds || !amount || !size || (order.also !== undefined && !also))
      return respond(fault('not given function argument', 400))
    if (![seconds, amount, size].every(word => INTEGER.test(word)) || Number(size) <= 0)
      return respond(fault('incorrect function argument', 400))
    const count = Math.trunc(Number(amount) / Number(size))
    if (count > MOST) return respond(fault(`more than ${MOST} requests at once are not simulated`, 501))
    const rest = Number(amount) - count * Number(size)
    const lines = [`RC manager: ${order.sending(count, Number(size), rest)}`]
    const parts = [...Array.from({ length: Math.max(0, count) }, () => Number(size)), ...(rest > 0 ? [rest] : [])]
    let left = parts.length
    if (!left) return respond(text(`${lines[0]}\n`))
    const domain = resolvConf(process).search.find(name => name.startsWith('svc.'))
    if (domain === undefined) return panic(process, "Could not find DNS suffix starting with 'svc.' substring")
    for (const part of parts) {
      const said = {
        [order.amount]: String(part),
        durationSec: String(Number(seconds)),
        ...(order.also !== undefined && { [order.also]: also }),
      }
      postForm(process, { host: `${service}.${domain}`, port, path: request.path }, said, problem => {
        lines.push(problem === undefined ? order.done(String(part), also) : `Failed to connect to consumer: ${problem}`)
        if (--left === 0) respond(text(`${lines.join('\n')}\n`))
      })
    }
  })
  return failed ?? forever(process)
}

/** The whole program ends by it. */
function panic(process: Process, words: string): void {
  void process.write(2, `panic: ${words}\n`)
  exitWith(process, 2)
}

/** http.PostForm, of whose answer nothing is looked at. @param done gets what went wrong, in Go's words */
function postForm(
  process: Process,
  { host, port, path }: { host: string; port: number; path: string },
  form: Record<string, string>,
  done: (problem: string | undefined) => void,
): unknown {
  const fail = (why: string): void => done(`Post "http://${host}:${port}${path}": ${why}`)
  const ip = resolveHost(process, host).ips[0]
  if (!ip) return fail(`dial tcp: lookup ${host}: no such host`)
  return dial(process.clock, process.net, { ip, port }, Number.POSITIVE_INFINITY, opened => {
    if ('error' in opened) {
      fail(opened.error)
      return
    }
    const { connection } = opened
    const body = String(new URLSearchParams(Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1))))
    const reader = responseReader((answer, why) => {
      connection.close()
      if (answer) done(undefined)
      else fail(why ?? 'EOF')
    })
    connection.onData(data => reader.data(data))
    connection.onClose(() => reader.end())
    connection.send(
      `POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: ${body.length}\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: gzip\r\n\r\n${body}`,
    )
  })
}
