/** Node on the learner's machine: the cluster's API is reached as kubectl reaches it, and the official client is installed. */
import { ADMIN } from '../../api/authentication/user.ts'
import type { Clock } from '../../clock/clock.ts'
import type { Api } from '../../http/api.ts'
import { type ApiRequest, type ApiResponse, isStream } from '../../http/exchange.ts'
import { CLIENT_LIBRARY } from '../../runtime/node/client-library.ts'
import type { Shortcut } from '../../runtime/node/handles.ts'
import { nodeProgram } from '../../runtime/node/program.ts'
import type { Program } from '../../runtime/processes/process.ts'

/** @param server the address in the learner's kubeconfig */
export const learnersNode = (api: Api, clock: Clock, server: string): Program =>
  nodeProgram({ packages: { '@kubernetes/client-node': CLIENT_LIBRARY }, shortcut: shortcut(api, clock, server) })

function shortcut(api: Api, clock: Clock, server: string): Shortcut {
  const { hostname, port } = new URL(server)
  return {
    takes: request => request.hostname === hostname && request.port === Number(port),
    send(request, events) {
      let stop = (): void => {}
      let over = false
      const end = (tell: () => void): void => {
        if (over) return
        over = true
        tell()
      }
      const refused = { code: 'ECONNREFUSED', message: `connect ECONNREFUSED ${hostname}:${port}` }
      clock.soon(async () => {
        if (over) return
        if (!api.availability.up) return end(() => events.error(refused))
        const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k.toLowerCase(), v]))
        const asked: ApiRequest = {
          method: request.method,
          url: request.path,
          headers,
          body: request.body,
          user: ADMIN,
        }
        await api.missing(asked)
        await api.answerInTask(asked, tell)
      })
      const tell = async (answer: ApiResponse): Promise<void> => {
        if (over) return
        events.head({ statusCode: answer.status, statusMessage: '', headers: answer.headers })
        if (isStream(answer.body)) {
          stop = answer.body.open(
            piece => over || events.data(piece),
            () => end(() => events.end()),
          )
          if (over) stop()
          return
        }
        const text = await answer.body
        if (over) return
        events.data(text)
        end(() => events.end())
      }
      return () => {
        over = true
        stop()
      }
    },
  }
}
