/** Reasons why real Node cannot run here, by name, so that each reader is told in their own language. */

export type Reason =
  /** The page is in somebody else's frame. */
  | 'framed'
  /** The page is not isolated from other origins. */
  | 'notIsolated'
  /** It would be after a reload, since the service worker can isolate it. */
  | 'reload'
  /** The browser lacks something. */
  | 'browser'
  /** iPhone and iPad: a tab has little memory there, and the service calls its support a beta. */
  | 'ios'
  | 'offline'
  /** Another tab of this site runs it. */
  | 'elsewhere'
  /** The service did not answer in time: out of reach, blocked, or slow. */
  | 'slow'
  /** As `slow` before; the library can be asked once only. */
  | 'spent'
  /** The service answered, and what was to run did not get ready in time. */
  | 'sluggish'
  | 'memory'
  | 'licence'
  /** The site's own files for it could not be fetched. */
  | 'files'
  /** Anything else; `detail` says what. */
  | 'refused'
  /** It ran, and has ended by itself. */
  | 'crashed'

export interface Refusal {
  reason: Reason
  /** In somebody else's words. */
  detail?: string
}

export interface Surroundings {
  framed: boolean
  isolated: boolean
  /** A service worker of ours stands between this page and its host. */
  controlled: boolean
  shared: boolean
  wasm: boolean
  ios: boolean
  online: boolean
}

/** What is missing before anybody is asked; the first reason is the one that has to be dealt with first. */
export function whyNot(here: Surroundings): Reason | undefined {
  if (here.framed) return 'framed'
  if (here.ios) return 'ios'
  if (!here.wasm) return 'browser'
  if (!here.isolated) return here.controlled ? 'reload' : 'notIsolated'
  if (!here.shared) return 'browser'
  if (!here.online) return 'offline'
  return undefined
}

export function lookAround(): Surroundings {
  const { userAgent, platform, maxTouchPoints, onLine, serviceWorker } = navigator
  return {
    framed: window.top !== window.self,
    isolated: window.crossOriginIsolated === true,
    controlled: Boolean(serviceWorker?.controller),
    shared: typeof SharedArrayBuffer === 'function' && typeof Atomics === 'object',
    wasm: typeof WebAssembly === 'object',
    // An iPad says that it is a Mac, which has no touch screen.
    ios: /iPhone|iPad|iPod/.test(userAgent) || (platform === 'MacIntel' && maxTouchPoints > 1),
    online: onLine !== false,
  }
}

/** What somebody else's error comes down to. */
export function reasonOf(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof RangeError || /out of memory|memory access|allocat|could not be cloned/i.test(detail))
    return { reason: 'memory', detail }
  if (/licen[cs]e|api key|client.?id|unauthori[sz]ed|forbidden|\b40[123]\b/i.test(detail))
    return { reason: 'licence', detail }
  return { reason: 'refused', detail }
}
