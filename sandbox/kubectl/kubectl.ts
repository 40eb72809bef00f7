/** One run of kubectl: what a verb needs of its surroundings, made when first asked for. */

import { parseDuration } from '../api/formats/duration.ts'
import { Client } from './client/client.ts'
import { cacheDirectory, discover } from './client/discover.ts'
import type { Discovery, Mapping } from './client/discovery.ts'
import type { Flags } from './command/flags.ts'
import { KubectlError } from './errors.ts'
import { ConnectionError, type Io, type RestConfig, type Transport } from './io.ts'
import { inClusterNamespace } from './kubeconfig/in-cluster.ts'
import { type KubeConfig, loadConfig, restConfig, usableContext } from './kubeconfig/kubeconfig.ts'

export class Kubectl {
  readonly io: Io
  readonly flags: Flags
  /** `kubectl get` */
  readonly path: string
  readonly program = 'kubectl'
  #config?: Promise<KubeConfig>
  #rest?: Promise<RestConfig>
  #client?: Promise<Client>
  #discovery?: Promise<Discovery>
  readonly #warned = new Set<string>()

  constructor(io: Io, flags: Flags, path: string) {
    this.io = io
    this.flags = flags
    this.path = path
  }

  /** The same command over the Io of a background process, whose requests must not wait in this one. */
  beside(io: Io): Kubectl {
    return new Kubectl(io, this.flags, this.path)
  }

  get args(): readonly string[] {
    return this.flags.args
  }

  out(text: string): Promise<void> {
    return this.io.out(text)
  }
  err(text: string): Promise<void> {
    return this.io.err(text)
  }
  /** A line of a log, as klog writes it to standard error. */
  async log(severity: 'I' | 'W' | 'E' | 'F', place: string, text: string): Promise<void> {
    const at = new Date(this.now()).toISOString()
    const time = `${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000`
    await this.err(`${severity}${time} ${String(this.io.pid).padStart(7)} ${place}] ${text}\n`)
  }
  now(): number {
    return this.io.now()
  }

  /** Misuse, with a pointer to the help. */
  usage(words: string): never {
    throw new KubectlError(`${words}\nSee '${this.path} -h' for help and examples`)
  }

  config(): Promise<KubeConfig> {
    this.#config ??= loadConfig(this.io, this.flags)
    return this.#config
  }

  #restConfig(): Promise<RestConfig> {
    this.#rest ??= this.config().then(config => restConfig(this.io, this.flags, config))
    return this.#rest
  }

  client(): Promise<Client> {
    this.#client ??= this.#restConfig().then(
      async rest => new Client(await this.#transport(rest), text => this.warn(text), this.#requestTimeout()),
    )
    return this.#client
  }

  async #transport(rest: RestConfig): Promise<Transport> {
    const transport = this.io.transport(rest)
    const level = this.flags.has('v') ? this.flags.num('v') : 0
    return level < 6 ? transport : (await import('./client/verbose.ts')).loggingTransport(this, transport, rest, level)
  }

  /** --request-timeout, in whole seconds; 0: none. */
  #requestTimeout(): number {
    const text = this.flags.str('request-timeout')
    try {
      return Math.ceil((/^\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text)) / 1000)
    } catch {
      throw new KubectlError(
        'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
      )
    }
  }

  async server(): Promise<string> {
    return (await this.#restConfig()).server
  }

  /**
   * What the server offers, perhaps as it was up to six hours ago.
   * @param attempts how often the real one asks a server that does not answer
   */
  discovery(attempts = 4): Promise<Discovery> {
    this.#discovery ??= this.#discover(true, attempts)
    return this.#discovery
  }
  /** What the server offers now. */
  freshDiscovery(attempts = 1): Promise<Discovery> {
    this.#discovery = this.#discover(false, attempts)
    return this.#discovery
  }
  async #discover(kept: boolean, attempts: number): Promise<Discovery> {
    const directory = cacheDirectory(this.flags.str('cache-dir'), await this.server())
    try {
      return await discover(await this.client(), this.io, directory, kept)
    } catch (e) {
      if (e instanceof ConnectionError) await (await import('./client/unreachable.ts')).logAttempts(this, e, attempts)
      throw e
    }
  }

  /** Looks something up in the discovery; what is not there is looked up in a fresh one before it is given up. */
  async #lookUp<T>(look: (discovery: Discovery) => T, attempts?: number): Promise<T> {
    const discovery = await this.discovery(attempts)
    try {
      return look(discovery)
    } catch (e) {
      if (discovery.fresh || !(e instanceof KubectlError)) throw e
      return look(await this.freshDiscovery())
    }
  }
  async find(word: string, group?: string): Promise<Mapping | undefined> {
    const discovery = await this.discovery(2)
    return (
      discovery.find(word, group) ?? (discovery.fresh ? undefined : (await this.freshDiscovery()).find(word, group))
    )
  }
  /** What a word such as `po` or `deploy.apps` names. @throws KubectlError */
  resource(word: string, attempts?: number): Promise<Mapping> {
    return this.#lookUp(d => d.resource(word), attempts)
  }
  /** The resource of an object's kind. @throws NoMatch */
  kind(apiVersion: string, kind: string, attempts = 1): Promise<Mapping> {
    return this.#lookUp(d => d.kind(apiVersion, kind), attempts)
  }

  /** Each warning is shown once. */
  async warn(text: string): Promise<void> {
    if (this.#warned.has(text)) return
    this.#warned.add(text)
    const label = this.io.isTerminal(2) && this.io.env.TERM !== 'dumb' ? '\x1b[33;1mWarning:\x1b[0m' : 'Warning:'
    await this.err(`${label} ${text}\n`)
  }
  get warned(): number {
    return this.#warned.size
  }

  /** The namespace that this command is about. */
  async namespace(): Promise<string> {
    if (this.flags.str('namespace')) return this.flags.str('namespace')
    const config = await this.config()
    const { namespace } = usableContext(config, this.flags).context
    return namespace || (await inClusterNamespace(this.io)) || 'default'
  }
  async namespaceOrDefault(): Promise<string> {
    return this.namespace().catch(() => 'default')
  }
  async namespaceEnforced(): Promise<boolean> {
    return this.flags.changed('namespace') && this.flags.str('namespace') !== ''
  }

  dryRun(): 'none' | 'client' | 'server' {
    if (!this.flags.has('dry-run')) return 'none'
    const value = this.flags.str('dry-run')
    if (value === 'unchanged') return 'client'
    if (value === 'none' || value === 'client' || value === 'server') return value
    if (/^(true|false|1|0|t|f)$/i.test(value)) return /^(true|1|t)$/i.test(value) ? 'client' : 'none'
    throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
  }

  /** Forms of the flag that are going away. */
  async warnOfOldDryRun(): Promise<void> {
    const value = this.flags.has('dry-run') ? this.flags.str('dry-run') : 'none'
    if (value === 'unchanged')
      await this.log('W', 'helpers.go:703', '--dry-run is deprecated and can be replaced with --dry-run=client.')
    else if (/^(true|false|1|0|t|f)$/i.test(value))
      await this.log(
        'W',
        'helpers.go:719',
        `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${this.dryRun()}.`,
      )
  }

  /** The value of fieldValidation for requests; undefined where the flag is absent. */
  validation(): 'Strict' | 'Warn' | 'Ignore' {
    const value = this.flags.has('validate') ? this.flags.str('validate') : 'strict'
    if (value === 'strict' || value === 'true' || value === '') return 'Strict'
    if (value === 'warn') return 'Warn'
    if (value === 'ignore' || value === 'false') return 'Ignore'
    throw new KubectlError(
      `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
    )
  }

  /** Query parameters that every write carries. */
  writeQuery(fieldManager: string): Record<string, string | undefined> {
    return {
      fieldManager: (this.flags.changed('field-manager') && this.flags.str('field-manager')) || fieldManager,
      dryRun: this.dryRun() === 'server' ? 'All' : undefined,
      fieldValidation: this.flags.has('validate') ? this.validation() : undefined,
    }
  }
}
