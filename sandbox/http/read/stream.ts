/** Watches: changes as lines of JSON, told by callbacks; a socket, a fetch body or a process of the simulation reads them. */
import type { WatchEvent } from '../../api/client.ts'
import { type Outcome, outcomeOf, Unanswered } from '../../api/egress/outside.ts'
import type { KindDef } from '../../api/kind.ts'
import type { ApiServer } from '../../api/server.ts'
import { StatusError } from '../../api/status.ts'
import type { KubeObject } from '../../api/types.ts'
import { written } from '../encoding/wire.ts'
import type { Stream } from '../exchange.ts'

export interface WatchRequest {
  namespace: string
  labelSelector: string
  fieldSelector: string
  resourceVersion: string
  /** Seconds after which the server ends the stream. */
  timeoutSeconds: number
  allowBookmarks: boolean
  /** Absent: what there is comes first if no revision is named. */
  sendInitialEvents: boolean | undefined
}

const BOOKMARK_EVERY_MS = 60_000
/**
 * Go's clients log a complaint when a watch ends within a second in which nothing came, and one over HTTP/1 that they themselves give up then
 * looks like that to them, by chance. So something comes.
 */
const FIRST_BOOKMARK_MS = 500
/** The real server picks 30 to 60 minutes at random. */
const DEFAULT_TIMEOUT_S = 1800

/** How events are shown. */
export interface Shown {
  /** @throws what ends the stream without a word */
  render(object: KubeObject, first: boolean): object
  /** A bookmark at a revision. */
  marks(revision: number, annotations?: Record<string, string>): object
}

/** What no answer can be made of ends a watch, and nothing is said. */
export const NOT_ENCODABLE = new Error('cannot be written in the form that was asked for')

/**
 * @param seenAs what an event is for this watcher, if anything
 * @throws BadRequest for bad selectors, at once; a revision that is gone comes as an ERROR event in the stream
 */
export function watchStream(
  server: ApiServer,
  kind: KindDef,
  request: WatchRequest,
  { render, marks }: Shown,
  seenAs: (event: WatchEvent<KubeObject>) => WatchEvent<KubeObject> | undefined = event => event,
): Stream {
  const { namespace, labelSelector, fieldSelector, resourceVersion, sendInitialEvents } = request
  const selectors = {
    ...(namespace && { namespace }),
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  }
  // Selectors are checked now, while an answer can still be a refusal.
  server.checkSelectors(kind, selectors)
  const named = resourceVersion !== '' && resourceVersion !== '0'
  const since = (sendInitialEvents ?? !named) ? undefined : named ? Number(resourceVersion) : server.store.revision

  return {
    open(write, end) {
      let open = true
      let revision = server.store.revision
      let first = true
      const line = (type: string, object: object): void => write(`${written({ type, object })}\n`)
      const send = inOrder(server, made => {
        if (!open) return
        if ('value' in made) {
          if (made.value) line(made.value.type, made.value.object)
        } else if (made.error instanceof StatusError) line('ERROR', made.error.status)
        else if (made.error instanceof Unanswered || made.error === NOT_ENCODABLE) {
          // As when the definition has gone, and with it who could convert the object.
          stop()
          end()
        } else throw made.error
      })
      const bookmark = (annotations?: Record<string, string>): void => {
        const at = revision
        send(() => ({ type: 'BOOKMARK', object: marks(at, annotations) }))
      }
      const tell = (event: WatchEvent<KubeObject>, at: number): void => {
        revision = Math.max(revision, at)
        send(() => {
          const seen = seenAs(event)
          if (!seen) return undefined
          const object = render(seen.object, first)
          first = false
          return { type: seen.type, object }
        })
      }
      let stopWatch = (): void => {}
      let ending: ReturnType<typeof server.clock.after> | undefined
      let marking: ReturnType<typeof server.clock.after> | undefined
      const stop = (): void => {
        if (!open) return
        open = false
        stopWatch()
        server.clock.cancel(ending)
        server.clock.cancel(marking)
      }
      try {
        stopWatch = server.watch(kind, { ...selectors, ...(since !== undefined && { since }) }, tell)
      } catch (error) {
        if (!(error instanceof StatusError)) throw error
        line('ERROR', error.status)
        end()
        return stop
      }
      if (sendInitialEvents && request.allowBookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' })
      if (request.allowBookmarks) {
        const again = (): void => {
          revision = server.store.revision
          bookmark()
          marking = server.clock.after(BOOKMARK_EVERY_MS, again, { quiet: true })
        }
        marking = server.clock.after(FIRST_BOOKMARK_MS, again, { quiet: true })
      }
      const seconds = request.timeoutSeconds || DEFAULT_TIMEOUT_S
      ending = server.clock.after(
        seconds * 1000,
        () => {
          if (!open) return
          if (request.allowBookmarks) {
            revision = server.store.revision
            bookmark()
          }
          stop()
          end()
        },
        { quiet: true },
      )
      return stop
    },
  }
}

/** A line of a watch. */
interface Line {
  type: string
  object: object
}

/** Sends what is made one after the other, also where a webhook has to be asked before something can be made. */
function inOrder(
  server: ApiServer,
  sent: (made: Outcome<Line | undefined>) => void,
): (make: () => Line | undefined) => void {
  const waiting: (() => Line | undefined)[] = []
  let busy = false
  const next = (): void => {
    while (!busy) {
      const make = waiting.shift()
      if (!make) return
      // Nobody is left who could be asked: the stream is told so, instead of waiting.
      if (!server.outside.isNeeded) {
        sent(outcomeOf(make))
        continue
      }
      busy = true
      let inside = true
      server.outside.carry(
        make,
        made => {
          busy = false
          sent(made)
          if (!inside) next()
        },
        false,
      )
      inside = false
    }
  }
  return make => {
    waiting.push(make)
    next()
  }
}
