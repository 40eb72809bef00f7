/** httpbin: tells what it was asked, and answers as it is told to. */
import type { HttpRequest, HttpResponse } from '../../network/serving.ts'
import { type Answering, capital, html, json, text } from './small-server.ts'

/** The endpoints of httpbin that lessons about probes and time-outs use. */
export function httpbin(
  request: HttpRequest,
  { process }: Answering,
  respond: (r: HttpResponse) => void,
): HttpResponse | undefined {
  const [, first = '', second = ''] = request.path.split('/')
  const about = {
    args: Object.fromEntries(request.query),
    headers: Object.fromEntries([...request.headers].map(([k, v]) => [capital(k), v])),
    origin: request.remote.ip,
    url: `http://${request.headers.get('host') ?? ''}${request.target}`,
  }
  switch (first) {
    case '':
      return html('httpbin.org', '<h2>A simple HTTP Request &amp; Response Service.</h2>')
    case 'get':
      return json(about)
    case 'post':
    case 'put':
    case 'anything':
      return json({ ...about, data: request.body, method: request.method })
    case 'headers':
      return json({ headers: about.headers })
    case 'ip':
      return json({ origin: about.origin })
    case 'user-agent':
      return json({ 'user-agent': request.headers.get('user-agent') ?? '' })
    case 'hostname':
      return json({ hostname: process.hostname })
    case 'status':
      return { status: Number(second) || 200 }
    case 'delay':
      process.clock.after(Math.min(10, Number(second) || 0) * 1000, () => respond(json(about)))
      return undefined
    default:
      return text('404 page not found\n', 404)
  }
}
