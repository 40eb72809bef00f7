/** The workbench without its looks: files, terminals, time, the engine, and what is kept. */
import type { Complaint, LessonWorld, LiveComparison, NodeAnswer } from '../../../sandbox/scenario/session.ts'
import { Engine } from './engine.ts'
import { createFiles, inShell, visible } from './files.ts'
import type { Tab, WorkbenchHandle } from './handle.ts'
import { createKeeping, type Work } from './keeping.ts'
import type { Moment } from './moments.ts'
import { createPast, type Played } from './past.ts'
import { createRealMode } from './real/mode.ts'
import type { RealNodes } from './real/real-node.ts'
import type { Answers } from './rpc.ts'
import type { Shared } from './share.ts'
import { createSharing, type Sharing } from './sharing.ts'
import { initialState, type NoticeKind, type State, type ViewState } from './state.ts'
import { createStore, type Store } from './store.ts'
import { createTerminals } from './terminals.ts'
import { applyChange, emptyView } from './view-diff.ts'

const STEP_LIMIT_MS = 3_600_000

export interface Model extends WorkbenchHandle, Pick<Sharing, 'shareLink' | 'exported' | 'visit' | 'keepVisit'> {
  readonly state: Store<State>
  readonly view: Store<ViewState>
  readonly showTab: (tab: Tab) => void
  begin(): Promise<void>
  /** Back to where the lesson begins; in the playground with so many workers. */
  reset(workers?: number): Promise<void>
  takeOver(): void
  dismiss(notice: NoticeKind): void
  setFile(path: string, text: string): void
  removeFile(path: string): void
  renameFile(from: string, to: string): void
  show(path: string): void
  apply(path: string): Promise<void>
  finishEdit(keep: boolean): void
  type(terminal: number, data: string): void
  resize(terminal: number, columns: number, rows: number): void
  addTerminal(): Promise<void>
  closeTerminal(terminal: number): void
  /** A page of a forwarded port. */
  preview(port: number, path: string): Promise<Answers['preview']>
  /** Everything printed so far, then what follows. */
  onOutput(terminal: number, write: (data: string) => void): () => void
  setSpeed(speed: number): void
  step(): Promise<void>
  /** To just after the change before this one. */
  stepBack(): Promise<void>
  /** Lets so much time pass, and then what it takes until something is seen. */
  skip(ms: number): Promise<void>
  /** What has happened until the end of the record, in order. */
  moments(): readonly Moment[]
  /** Goes to an earlier moment and stops there. What was done since is not lost: it can be looked at, or played again. */
  lookAt(at: number): Promise<void>
  /** From a look into the past, or from a branch, back to where the learner was. */
  present(): Promise<void>
  /** Why a Pod gets no node, node by node. */
  askNodes(pod: string): Promise<readonly NodeAnswer[] | undefined>
  /** What the API server would say to a manifest. */
  dryRun(text: string): Promise<readonly Complaint[]>
  /** What applying a file would change, as it is in the editor. */
  compareLive(path: string): Promise<readonly LiveComparison[]>
  /** Whether the cluster may run on real Node. */
  readonly offersReal: boolean
  startReal(): Promise<void>
  stopReal(): Promise<void>
  /** The address of what a port of real Node serves. */
  address(port: number): string | undefined
}

const nodesFor = (workers: number): string[] => [
  'control-plane',
  ...Array.from({ length: workers }, (_, i) => `worker-${i + 1}`),
]

export function createModel(options: {
  lesson: string
  world: LessonWorld | null
  open: readonly string[]
  makeWorker: () => Worker
  showTab: (tab: Tab) => void
  tooBig: (size: string) => string
  /** The seed that a class has given this learner; the lesson's own when absent. */
  seed?: string | undefined
  /** What a link brought along. */
  shared?: Promise<Shared>
  /** Real Node, where it is offered. */
  real?: (() => Promise<RealNodes>) | undefined
}): Model {
  const { lesson, showTab } = options
  let { world } = options
  const given = world?.files ?? {}
  const state = createStore(initialState(visible(given), options.open[0] ?? Object.keys(given)[0]))
  const view = createStore<ViewState>({ view: emptyView })
  const notice = (kind: NoticeKind): void => {
    const { notices } = state.get()
    if (!notices.includes(kind)) state.set({ notices: [...notices, kind] })
  }
  const dismiss = (kind: NoticeKind): void => state.set({ notices: state.get().notices.filter(n => n !== kind) })

  // What is done for a class is kept apart from what is done for oneself, and from what others do on this machine.
  const keeping = createKeeping(options.seed ? `${lesson}#${options.seed}` : lesson, {
    work(leaving): Work {
      const standing = past.standing()
      const { files, active } = standing ?? state.get()
      // What real processes have done cannot be done again.
      const record = !repeatable() ? undefined : leaving && !standing ? engine.recordAndMore() : engine.record
      return { files: { ...files }, ...(active && { active }), ...(record && { record }) }
    },
    unkept: () => notice('unkept'),
    elsewhere: () => notice('elsewhere'),
  })

  const engine = new Engine(options.makeWorker, {
    output: (terminal, data) => terminals.output(terminal, data),
    file: (path, text) => files.written(path, text),
    edit: (request, path, text) => files.open(request, path, text),
    view: change => {
      past.see(change.events)
      view.set({ view: applyChange(view.get().view, change) })
    },
    ports: ports => state.set({ ports }),
    time: now => {
      if (Math.floor(now / 1000) === Math.floor(state.get().now / 1000)) return
      state.set({ now, end: Math.max(now, engine.record?.end ?? now) })
    },
    branched: () => past.branched(),
    caughtUp: () => past.caughtUp(),
    terminals: open => terminals.are(open),
    recorded: () => keeping.saveSoon(),
    lost: message => real.lost(message),
    replaying: () => terminals.clear(),
    restored(kind, opened) {
      // The whole record was played: this is the present.
      past.caughtUp()
      notice(kind)
      if (opened) adopt(opened)
      else state.set({ phase: 'dead' })
    },
  })

  const files = createFiles({
    state,
    input: input => engine.input(input),
    answerEdit: (request, text) => engine.answerEdit(request, text),
    showTab,
    tooBig: options.tooBig,
    save: () => keeping.saveSoon(),
  })
  const terminals = createTerminals({
    state,
    open: ({ columns, rows }) => engine.openTerminal(columns, rows),
    close: terminal => engine.closeTerminal(terminal),
    resize: (terminal, size) => void engine.input({ type: 'resize', terminal, ...size }).catch(console.error),
  })

  function adopt(opened: Answers['open']): void {
    files.has(opened.files)
    terminals.are(opened.terminals)
    state.set({
      phase: 'ready',
      now: opened.now,
      end: Math.max(opened.now, opened.record.end),
      began: opened.record.start,
      edit: undefined,
    })
    run()
  }

  const seedOf = (work: Work | undefined): string => work?.record?.seed ?? options.seed ?? (lesson || 'playground')

  /** @param visited whether it is somebody else's, to which nobody comes back */
  async function start(work: Work | undefined, visited = false): Promise<void> {
    const seed = seedOf(work)
    const open = (record: Work['record']): Promise<Answers['open']> =>
      engine.open(world, seed, record, terminals.firstWindow)
    let opened: Answers['open']
    try {
      opened = await open(work?.record)
      if (!visited && work?.record && work.record.inputs.length > 1) notice('restored')
    } catch (error) {
      if (!work?.record) throw error
      console.error(error)
      terminals.clear()
      opened = await open(undefined)
      notice('unrestored')
    }
    files.replace(visible({ ...opened.files, ...work?.files }), work?.active)
    adopt(opened)
  }

  /** Plays a record in place of what is there. */
  async function goTo(work: Played, until?: number): Promise<void> {
    state.set({ phase: 'restoring', edit: undefined })
    terminals.clear()
    try {
      const opened = await engine.replay(work.record, until)
      files.replace(visible({ ...opened.files, ...work.files }), work.active)
      adopt(opened)
    } catch (error) {
      notice('crashedHard')
      state.set({ phase: 'dead' })
      throw error
    }
  }

  const past = createPast({
    engine: () => engine,
    state,
    goTo,
    setFiles: files.replace,
    notice,
    dismiss,
    run,
    save: () => keeping.saveSoon(),
    live: terminals.live,
  })
  const repeatable = (): boolean => state.get().real !== 'on'
  const real = createRealMode({
    load: options.real,
    state,
    engine: () => engine,
    simulated: options.makeWorker,
    async restart() {
      const { files, active } = state.get()
      sharing.leave()
      past.forget()
      state.set({ phase: 'starting', paused: false, speed: 1, edit: undefined })
      terminals.clear()
      await start({ files: { ...files }, ...(active && { active }) })
      keeping.saveSoon()
    },
    notice,
    dismiss,
  })
  const sharing = createSharing({ lesson, world: world?.id ?? '', engine, state, keeping, past, goTo, notice })

  let begun: Promise<void> | undefined
  const begin = (): Promise<void> =>
    (begun ??= (async () => {
      keeping.own()
      const shared = await sharing.arrive(options.shared)
      const own = await keeping.load()
      const work = shared ?? own
      if (work) state.set({ phase: work.record ? 'restoring' : 'starting', files: visible(work.files) })
      await start(work, shared !== undefined)
    })())

  /** Time stands still while nobody looks. */
  function run(): void {
    const { speed, paused } = state.get()
    engine.setSpeed(paused || document.hidden ? 0 : speed)
  }
  document.addEventListener('visibilitychange', run)

  async function command(line: string): Promise<void> {
    await begin()
    await files.flush()
    await engine.input({ type: 'command', terminal: state.get().terminal, line })
  }

  return {
    state,
    view,
    showTab,
    begin,
    dismiss,
    async run(commands, skipMs) {
      await command(commands)
      if (skipMs > 0) await engine.skip(skipMs)
    },
    async fault(line, skipMs) {
      await begin()
      await engine.input({ type: 'fault', command: line })
      if (skipMs > 0) await engine.skip(skipMs)
    },
    openFile(path) {
      if (path in state.get().files) files.show(path)
    },
    compare: (path, solution) => state.set({ asking: { kind: 'compare', path, solution } }),
    rebuild: workers => state.set({ asking: { kind: 'reset', workers } }),
    async check(exercise) {
      await begin()
      await files.flush()
      return engine.check(exercise)
    },
    shareLink: sharing.shareLink,
    exported: sharing.exported,
    visit: sharing.visit,
    keepVisit: sharing.keepVisit,
    async reset(workers) {
      sharing.leave()
      if (workers !== undefined && world) world = { ...world, nodes: nodesFor(workers) }
      await keeping.forget()
      past.forget()
      state.set({
        phase: 'starting',
        paused: false,
        notices: state.get().notices.filter(n => n === 'unkept' || n === 'elsewhere'),
        edit: undefined,
      })
      terminals.clear()
      await start(undefined)
      keeping.saveSoon()
    },
    takeOver() {
      location.reload()
    },
    setFile: files.set,
    removeFile: files.remove,
    renameFile: files.rename,
    show: files.show,
    async apply(path) {
      if (!files.refuses(path)) await command(`kubectl apply -f ${inShell(path)}`)
    },
    finishEdit: files.finish,
    type(terminal, data) {
      void (async () => {
        if (data.includes('\r')) await files.flush()
        await engine.input({ type: 'terminal', terminal, data })
      })().catch(console.error)
    },
    resize: (terminal, columns, rows) => terminals.resize(terminal, { columns, rows }),
    addTerminal: terminals.add,
    closeTerminal: terminals.close,
    preview: (port, path) => engine.preview(port, path),
    onOutput: terminals.follow,
    setSpeed(speed) {
      state.set({ speed, paused: false })
      run()
    },
    setPaused(paused) {
      state.set({ paused })
      run()
    },
    moments: past.moments,
    stepBack: past.stepBack,
    lookAt: past.lookAt,
    present: past.present,
    offersReal: options.real !== undefined,
    startReal: real.start,
    stopReal: real.stop,
    address: real.address,
    repeatable,
    askNodes: pod => engine.askNodes(pod),
    dryRun: text => engine.dryRun(text),
    compareLive: path => engine.compareLive(state.get().files[path] ?? ''),
    async skip(ms) {
      await engine.skip(ms)
      await engine.step(STEP_LIMIT_MS)
    },
    async step() {
      dismiss('nothingNext')
      if (!(await engine.step(STEP_LIMIT_MS))) notice('nothingNext')
    },
    async history() {
      engine.setSpeed(0)
      try {
        const [{ record }, hash] = await Promise.all([sharing.seen(), engine.hash()])
        return { record, hash }
      } finally {
        run()
      }
    },
  }
}
