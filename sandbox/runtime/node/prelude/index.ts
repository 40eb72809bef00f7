/**
 * What a program finds in the simulated Node: its globals and built-in modules, as far as they go, in JavaScript of its own
 * engine over the host's one function. A module that is not here is refused by name.
 */

import { ADDRESSES } from './addresses.ts'
import { BYTES } from './bytes.ts'
import { DISPATCH } from './dispatch.ts'
import { EVENTS } from './events.ts'
import { FILES } from './files.ts'
import { HOST } from './host.ts'
import { HTTP } from './http.ts'
import { INSPECT } from './inspect.ts'
import { MODULES } from './modules.ts'
import { PATHS } from './paths.ts'
import { PROCESS } from './process.ts'
import { TIMERS } from './timers.ts'

/** One scope, in which each part uses those before it. */
const PARTS = [HOST, INSPECT, EVENTS, TIMERS, BYTES, ADDRESSES, FILES, PROCESS, HTTP, PATHS, MODULES, DISPATCH]

/** Evaluates to the function that takes events. */
export const PRELUDE = `(() => {${PARTS.join('')}})()`
