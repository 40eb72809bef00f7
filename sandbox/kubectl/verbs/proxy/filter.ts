/** The filter of a proxy: it accepts only requests for this machine by its own name, and no commands in Pods. */
import { parseRegex } from '../../../api/cel/runtime/regex/parse.ts'
import { makeProgram, type Program, search } from '../../../api/cel/runtime/regex/program.ts'

type Patterns = readonly Program[]

export class Filter {
  readonly #acceptHosts: Patterns
  readonly #acceptPaths: Patterns
  readonly #rejectPaths: Patterns
  readonly #rejectMethods: Patterns

  /** @throws Error in the words of Go's library for what is no pattern */
  constructor(flag: (name: string) => string) {
    // Go looks at them in this order.
    this.#acceptPaths = patterns(flag('accept-paths'))
    this.#rejectPaths = patterns(flag('reject-paths'))
    this.#acceptHosts = patterns(flag('accept-hosts'))
    this.#rejectMethods = patterns(flag('reject-methods'))
  }

  accepts(method: string, path: string, hostAndPort: string): boolean {
    return (
      !fits(this.#rejectPaths, path) &&
      !fits(this.#rejectMethods, method) &&
      fits(this.#acceptPaths, path) &&
      fits(this.#acceptHosts, hostOf(hostAndPort))
    )
  }
}

const patterns = (text: string): Patterns =>
  text === '' ? [] : text.split(',').map(pattern => makeProgram(parseRegex(pattern)))

const fits = (all: Patterns, text: string): boolean => all.some(one => search(one, text, 0, true) !== undefined)

/** `localhost` of `localhost:8001`; what has no port is a host as it stands. */
const hostOf = (text: string): string =>
  /^(?:\[([^\]]*)\]|([^:[\]]*)):[^:]*$/
    .exec(text)
    ?.slice(1)
    .find(part => part !== undefined) ?? text
