/** Commands of redis that wait until a list has something: who has waited longest is served first. */
import type { Clock } from '../../../../clock/clock.ts'
import { float } from './keyspace.ts'
import { bulk, error, nothing, type Reply } from './protocol.ts'

interface Waiter {
  owner: object
  /** @returns nothing while there is nothing */
  attempt(): Reply | undefined
  done(reply: Reply): void
}

/** What each of them does where it need not wait. */
const PLAIN: Readonly<
  Record<string, (args: readonly string[]) => { keys: readonly string[]; command(key: string): string[] }>
> = {
  BLPOP: keys => ({ keys, command: key => ['LPOP', key] }),
  BRPOP: keys => ({ keys, command: key => ['RPOP', key] }),
  BRPOPLPUSH: ([from = '', to = '']) => ({ keys: [from], command: () => ['RPOPLPUSH', from, to] }),
  BLMOVE: ([from = '', to = '', ...sides]) => ({ keys: [from], command: () => ['LMOVE', from, to, ...sides] }),
}
const NEEDS: Readonly<Record<string, number>> = { BLPOP: 2, BRPOP: 2, BRPOPLPUSH: 3, BLMOVE: 5 }

/** Reading streams waits where it is asked to. */
const blocksStreams = (command: string, args: readonly string[]): boolean => {
  const end = args.findIndex(word => /^streams$/i.test(word))
  return /^XREAD(GROUP)?$/.test(command) && args.slice(0, end).some(word => /^block$/i.test(word))
}

export const waits = (command: string, args: readonly string[]): boolean =>
  command in PLAIN || blocksStreams(command, args)

export class Waiters {
  readonly #clock: Clock
  readonly #run: (words: readonly string[], owner: object) => Reply
  readonly #waiting: Waiter[] = []

  /** @param run does a plain command for who waits, and tells replicas of it */
  constructor(clock: Clock, run: (words: readonly string[], owner: object) => Reply) {
    this.#clock = clock
    this.#run = run
  }

  /** @param owner whose connection it is @returns the answer when there is no need to wait */
  begin(owner: object, command: string, args: readonly string[], done: (reply: Reply) => void): Reply | undefined {
    if (blocksStreams(command, args)) return this.#beginStreams(owner, command, args, done)
    if (args.length < NEEDS[command]!)
      return error(`ERR wrong number of arguments for '${command.toLowerCase()}' command`)
    const seconds = float(args.at(-1))
    if (seconds === undefined || !Number.isFinite(seconds)) return error('ERR timeout is not a float or out of range')
    if (seconds < 0) return error('ERR timeout is negative')
    const { keys, command: plain } = PLAIN[command]!(args.slice(0, -1))
    const attempt = (): Reply | undefined => {
      for (const key of keys) {
        const length = this.#run(['LLEN', key], owner)
        if (length.kind === 'error') return length
        if (length.kind !== 'integer' || !length.n) continue
        const reply = this.#run(plain(key), owner)
        return keys.length > 1 || /POP$/.test(command) ? { kind: 'array', items: [bulk(key), reply] } : reply
      }
      return undefined
    }
    return this.#wait(owner, attempt, seconds * 1000, done)
  }

  /** XREAD and XREADGROUP with BLOCK. */
  #beginStreams(
    owner: object,
    command: string,
    args: readonly string[],
    done: (reply: Reply) => void,
  ): Reply | undefined {
    const at = args.findIndex(word => /^block$/i.test(word))
    const text = args[at + 1] ?? ''
    if (!/^-?\d+$/.test(text)) return error('ERR timeout is not an integer or out of range')
    if (Number(text) < 0) return error('ERR timeout is negative')
    const words = args.toSpliced(at, 2)
    const from = words.findIndex(word => /^streams$/i.test(word)) + 1
    const half = (words.length - from) / 2
    // `$` is what is last now, and not what will be.
    const fixed = words.map((word, i) => {
      if (word !== '$' || command !== 'XREAD' || i < from + half) return word
      const last = this.#run(['XREVRANGE', words[i - half]!, '+', '-', 'COUNT', '1'], owner)
      const entry = last.kind === 'array' ? last.items[0] : undefined
      const id = entry?.kind === 'array' ? entry.items[0] : undefined
      return id?.kind === 'bulk' && id.text !== undefined ? id.text : '0-0'
    })
    const attempt = (): Reply | undefined => {
      const reply = this.#run([command, ...fixed], owner)
      return reply.kind === 'nothing' ? undefined : reply
    }
    return this.#wait(owner, attempt, Number(text), done)
  }

  #wait(owner: object, attempt: () => Reply | undefined, ms: number, done: (reply: Reply) => void): Reply | undefined {
    const now = attempt()
    if (now) return now
    const waiter: Waiter = {
      owner,
      attempt,
      done: reply => {
        this.#clock.cancel(timer)
        this.#remove(waiter)
        done(reply)
      },
    }
    const timer = ms ? this.#clock.after(ms, () => waiter.done(nothing)) : undefined
    this.#waiting.push(waiter)
    return undefined
  }

  /** Something has been written. */
  serve(): void {
    // What one takes may be what another has waited for.
    for (let at = 0; at < this.#waiting.length; at++) {
      const waiter = this.#waiting[at]!
      const reply = waiter.attempt()
      if (!reply) continue
      waiter.done(reply)
      at = -1
    }
  }

  lose(owner: object): void {
    for (const waiter of this.#waiting.filter(one => one.owner === owner)) this.#remove(waiter)
  }

  #remove(waiter: Waiter): void {
    const at = this.#waiting.indexOf(waiter)
    if (at >= 0) this.#waiting.splice(at, 1)
  }
}
