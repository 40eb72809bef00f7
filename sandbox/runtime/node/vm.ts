/**
 * A JavaScript engine for programs of simulated machines: QuickJS in WebAssembly, one heap for each process. It knows no
 * time, chance, files or network but what the host gives it by one function, so that it is as repeatable as everything else.
 */
import variant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'

let engine: Promise<QuickJSWASMModule> | undefined

/** The engine is fetched and compiled once. */
export const loadEngine = (): Promise<QuickJSWASMModule> => (engine ??= newQuickJSWASMModuleFromVariant(variant))

export interface VmHost {
  /** Whatever a program wants of its machine: a name, arguments and an answer as data. */
  call(name: string, args: readonly unknown[]): unknown
  /** The full name of what `specifier` means in the module `from`. @throws an Error in Node's words */
  resolve(specifier: string, from: string): string
  source(name: string): string
  /** Asked each ten thousand steps or so; true stops the program where it is. */
  interrupted(): boolean
}

/** The engine loses the words of why a name means nothing, but keeps those of why a module cannot be loaded. */
const FAILED = 'failed:'

/** The engine counts its own stack only. This much of it, about a thousand calls, is reached well before the stack of whoever runs the engine ends. */
const STACK_BYTES = 192 * 1024

/** What Node says when the stack ends. */
const TOO_DEEP = 'RangeError: Maximum call stack size exceeded\n'

/** What has to be given back to the engine, whose memory nobody else looks after. */
interface Heap {
  runtime: QuickJSRuntime
  context: QuickJSContext
  dispatch?: QuickJSHandle
  /** The engine was left in the middle of something; another word with this heap, and it gives up altogether. */
  lost?: boolean
}

function giveBack({ runtime, context, dispatch, lost }: Heap): void {
  if (lost) return
  dispatch?.dispose()
  context.dispose()
  runtime.dispose()
}

/** Worlds are thrown away with programs that run in them. */
const forgotten = new FinalizationRegistry(giveBack)

export class Vm {
  readonly #heap: Heap
  /** Kept here, and only weakly known to the engine: that is there for ever, and would keep the host's whole world. */
  readonly host: VmHost

  constructor(engine: QuickJSWASMModule, host: VmHost, memoryBytes: number) {
    this.host = host
    const weak = new WeakRef(host)
    const asked = (): VmHost => {
      const there = weak.deref()
      if (!there) throw new Error('nobody is there any more')
      return there
    }
    const runtime = engine.newRuntime()
    runtime.setMaxStackSize(STACK_BYTES)
    runtime.setMemoryLimit(memoryBytes)
    runtime.setInterruptHandler(() => asked().interrupted())
    runtime.setModuleLoader(
      name => {
        if (!name.startsWith(FAILED)) return asked().source(name)
        throw Object.assign(new Error(), JSON.parse(name.slice(FAILED.length)))
      },
      (from, specifier) => {
        try {
          return asked().resolve(specifier, from)
        } catch (error) {
          const { message, code } = error as { message: string; code?: string }
          return FAILED + JSON.stringify({ name: code ? `Error [${code}]` : 'Error', message })
        }
      },
    )
    const context = runtime.newContext()
    this.#heap = { runtime, context }
    forgotten.register(this, this.#heap, this)
    const call = context.newFunction('host', (name, args) => {
      const answer = asked().call(context.getString(name), JSON.parse(context.getString(args)) as unknown[])
      return context.newString(JSON.stringify(answer ?? null))
    })
    context.setProp(context.global, 'host', call)
    call.dispose()
  }

  /** Runs the script that makes the program's world; it leaves a function `dispatch` for what happens later. */
  begin(script: string, name: string): void {
    const result = this.#heap.context.evalCode(script, name, { strict: true })
    if (result.error) throw new Error(this.#told(result.error))
    this.#heap.dispatch = result.value
  }

  /** Lets the program have one event, and all that follows at once. @returns what it threw, unless it was stopped */
  dispatch(event: readonly unknown[]): string | undefined {
    const { runtime, context, dispatch } = this.#heap
    try {
      const data = context.newString(JSON.stringify(event))
      const result = context.callFunction(dispatch!, context.undefined, data)
      data.dispose()
      if (result.error) return this.#told(result.error)
      result.value.dispose()
      const jobs = runtime.executePendingJobs()
      return jobs.error ? this.#told(jobs.error) : undefined
    } catch (error) {
      // What is nested deeper than any program goes (a text of brackets alone) takes hardly any of the engine's own stack.
      if (!(error instanceof RangeError)) throw error
      this.#heap.lost = true
      return TOO_DEEP
    }
  }

  #told(error: QuickJSHandle): string {
    const { name = 'Error', message = '', stack = '' } = this.#heap.context.dump(error) as Partial<Error>
    error.dispose()
    if (message === 'stack overflow') return `${TOO_DEEP}${stack}`
    return `${name}: ${message}\n${stack}`
  }

  get memory(): number {
    const { runtime, context, lost } = this.#heap
    if (lost) return 0
    const usage = runtime.computeMemoryUsage()
    const { memory_used_size: bytes } = context.dump(usage) as { memory_used_size: number }
    usage.dispose()
    return bytes
  }

  dispose(): void {
    forgotten.unregister(this)
    giveBack(this.#heap)
  }
}
