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

const STACK_BYTES = 512 * 1024

export class Vm {
  readonly #runtime: QuickJSRuntime
  readonly #context: QuickJSContext
  #dispatch: QuickJSHandle | undefined

  constructor(engine: QuickJSWASMModule, host: VmHost, memoryBytes: number) {
    this.#runtime = engine.newRuntime()
    this.#runtime.setMaxStackSize(STACK_BYTES)
    this.#runtime.setMemoryLimit(memoryBytes)
    this.#runtime.setInterruptHandler(() => host.interrupted())
    this.#runtime.setModuleLoader(
      name => {
        if (!name.startsWith(FAILED)) return host.source(name)
        throw Object.assign(new Error(), JSON.parse(name.slice(FAILED.length)))
      },
      (from, specifier) => {
        try {
          return host.resolve(specifier, from)
        } catch (error) {
          const { message, code } = error as { message: string; code?: string }
          return FAILED + JSON.stringify({ name: code ? `Error [${code}]` : 'Error', message })
        }
      },
    )
    const context = (this.#context = this.#runtime.newContext())
    const call = context.newFunction('host', (name, args) => {
      const answer = host.call(context.getString(name), JSON.parse(context.getString(args)) as unknown[])
      return context.newString(JSON.stringify(answer ?? null))
    })
    context.setProp(context.global, 'host', call)
    call.dispose()
  }

  /** Runs the script that makes the program's world; it leaves a function `dispatch` for what happens later. */
  begin(script: string, name: string): void {
    const result = this.#context.evalCode(script, name, { strict: true })
    if (result.error) throw new Error(this.#told(result.error))
    this.#dispatch = result.value
  }

  /** Lets the program have one event, and all that follows at once. @returns what it threw, unless it was stopped */
  dispatch(event: readonly unknown[]): string | undefined {
    const context = this.#context
    const data = context.newString(JSON.stringify(event))
    const result = context.callFunction(this.#dispatch!, context.undefined, data)
    data.dispose()
    if (result.error) return this.#told(result.error)
    result.value.dispose()
    const jobs = this.#runtime.executePendingJobs()
    return jobs.error ? this.#told(jobs.error) : undefined
  }

  #told(error: QuickJSHandle): string {
    const { name = 'Error', message = '', stack = '' } = this.#context.dump(error) as Partial<Error>
    error.dispose()
    return `${name}: ${message}\n${stack}`
  }

  get memory(): number {
    const usage = this.#runtime.computeMemoryUsage()
    const { memory_used_size: bytes } = this.#context.dump(usage) as { memory_used_size: number }
    usage.dispose()
    return bytes
  }

  dispose(): void {
    this.#dispatch?.dispose()
    this.#context.dispose()
    this.#runtime.dispose()
  }
}
