/** The workbench without its looks: files, terminals, time, the engine, and what is kept. */
import type { Complaint, LessonWorld, LiveComparison, NodeAnswer } from '../../../sandbox/scenario/session.ts'
import { type Commands, createCommands } from './commands.ts'
import { Engine } from './engine.ts'
import { createFiles, visible } from './files.ts'
import type { Tab, WorkbenchHandle } from './handle.ts'
import { createKeeping, type Work } from './keeping.ts'
import type { Moment } from './moments.ts'
import { createNotices } from './notices.ts'
import { createOpening } from './opening.ts'
import { createPace, type Pace } from './pace.ts'
import { createPast } from './past.ts'
import { createRealMode } from './real/mode.ts'
import type { RealNodes } from './real/real-node.ts'
import type { Answers } from './rpc.ts'
import type { Shared } from './share.ts'
import { createSharing, type Sharing } from './sharing.ts'
import { initialState, type NoticeKind, type State, type ViewState } from './state.ts'
import { createStore, type Store } from './store.ts'
import { createTerminals } from './terminals.ts'
import { applyChange, emptyView } from './view-diff.ts'

export interface Model
  extends WorkbenchHandle,
    Pick<Sharing, 'shareLink' | 'exported' | 'visit' | 'keepVisit'>,
    Pick<Pace, 'setSpeed' | 'step' | 'skip'>,
    Pick<Commands, 'type' | 'apply'> {
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
  finishEdit(keep: boolean): void
  resize(terminal: number, columns: number, rows: number): void
  addTerminal(): Promise<void>
  closeTerminal(terminal: number): void
  /** A page of a forwarded port. */
  preview(port: number, path: string): Promise<Answers['preview']>
  /** Everything printed so far, then what follows. */
  onOutput(terminal: number, write: (data: string) => void): () => void
  /** To just after the change before this one. */
  stepBack(): Promise<void>
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

export interface ModelOptions {
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
}

/**
 * Makes the parts of a workbench and tells each of the others that it needs. They call each other only once something
 * has happened, so one may name another that is made after it.
 */
export function createModel(options: ModelOptions): Model {
  const { lesson, showTab } = options
  let { world } = options
  const given = world?.files ?? {}
  const state = createStore(initialState(visible(given), options.open[0] ?? Object.keys(given)[0]))
  const view = createStore<ViewState>({ view: emptyView })
  const notices = createNotices(state)
  const { notice, dismiss } = notices

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
      if (opened) opening.adopt(opened)
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

  const pace = createPace(engine, state, notices)
  const seed = options.seed ?? (lesson || 'playground')
  const opening = createOpening({
    ...{ engine, state, files, terminals, notices, seed },
    world: () => world,
    run: pace.run,
  })
  const { start, goTo } = opening
  const past = createPast({
    engine: () => engine,
    state,
    goTo,
    setFiles: files.replace,
    notice,
    dismiss,
    run: pace.run,
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

  const commands = createCommands(engine, state, files, begin)

  return {
    state,
    view,
    showTab,
    begin,
    dismiss,
    ...commands,
    openFile(path) {
      if (path in state.get().files) files.show(path)
    },
    compare: (path, solution) => state.set({ asking: { kind: 'compare', path, solution } }),
    rebuild: workers => state.set({ asking: { kind: 'reset', workers } }),
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
    finishEdit: files.finish,
    resize: (terminal, columns, rows) => terminals.resize(terminal, { columns, rows }),
    addTerminal: terminals.add,
    closeTerminal: terminals.close,
    preview: (port, path) => engine.preview(port, path),
    onOutput: terminals.follow,
    setSpeed: pace.setSpeed,
    setPaused: pace.setPaused,
    step: pace.step,
    skip: pace.skip,
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
    async history() {
      engine.setSpeed(0)
      try {
        const [{ record }, hash] = await Promise.all([sharing.seen(), engine.hash()])
        return { record, hash }
      } finally {
        pace.run()
      }
    },
  }
}
