/** The workbench without its looks: files, terminals, time, the engine, and what is kept. */
import type { LessonWorld, NodeAnswer, SessionRecord } from '../../../sandbox/scenario/session.ts'
import { noProgress, type Progress, read, update } from '../page/keep.ts'
import type { Bench, Tab } from './bench.ts'
import { Engine } from './engine.ts'
import { createKeeping, type Work } from './keeping.ts'
import { deeds, Happened, inOrder, type Moment } from './moments.ts'
import type { Answers } from './rpc.ts'
import { fromFile, type Shared, toFile, toLink } from './share.ts'
import type { NoticeKind, State, ViewState } from './state.ts'
import { createStore, type Store } from './store.ts'
import { cut } from './tape.ts'
import { Scrollback } from './terminal/scrollback.ts'
import { applyChange, emptyView } from './view-change.ts'

/** The API server takes requests of at most 3 MiB. */
export const REQUEST_LIMIT = 3 * 1024 * 1024
/** Above this the full editor would be slow. */
export const PLAIN_ABOVE = 256 * 1024
const STEP_LIMIT_MS = 3_600_000
const FIRST_TERMINAL = { columns: 80, rows: 24 }

export interface Model extends Bench {
  readonly state: Store<State>
  readonly view: Store<ViewState>
  readonly showTab: (tab: Tab) => void
  begin(): Promise<void>
  /** Back to where the lesson begins; in the playground with so many workers. */
  reset(workers?: number): Promise<void>
  /** An address that leads to what can be seen now. */
  shareLink(): Promise<string>
  exported(): Promise<{ name: string; text: string }>
  /** Shows what somebody saved in a file, without giving up the reader's own work. */
  visit(text: string): Promise<void>
  /** Makes what is visited the reader's own. */
  keepVisit(): Promise<void>
  takeOver(): void
  dismiss(notice: NoticeKind): void
  setFile(path: string, text: string): void
  removeFile(path: string): void
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
  setPaused(paused: boolean): void
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
}

export const byteLength = (text: string): number => new TextEncoder().encode(text).length
const isTooBig = (text: string): boolean => text.length > REQUEST_LIMIT / 3 && byteLength(text) > REQUEST_LIMIT
export const sizeOf = (text: string): string => `${(byteLength(text) / 1024 / 1024).toFixed(1)} MiB`
/** What the editor shows of the home directory: no dot files, and nothing from elsewhere that a program had opened. */
const visible = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !/^[./]/.test(path) && !path.includes('/.')))

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
}): Model {
  const { lesson, showTab } = options
  let { world } = options
  const state = createStore<State>({
    phase: 'starting',
    now: 0,
    began: 0,
    speed: 1,
    paused: false,
    end: 0,
    past: false,
    files: world?.files ?? {},
    active: options.open[0] ?? Object.keys(world?.files ?? {})[0],
    edit: undefined,
    terminals: [],
    terminal: 0,
    ports: [],
    shown: 'picture',
    chosen: undefined,
    asking: undefined,
    notices: [],
    refusal: undefined,
  })
  const view = createStore<ViewState>({ view: emptyView })
  /** Texts as the workstation has them. */
  let synced: Record<string, string> = {}
  const printed = new Map<number, Scrollback>()
  const readers = new Map<number, (data: string) => void>()

  const notice = (kind: NoticeKind): void => {
    const { notices } = state.get()
    if (!notices.includes(kind)) state.set({ notices: [...notices, kind] })
  }
  const dismiss = (kind: NoticeKind): void => state.set({ notices: state.get().notices.filter(n => n !== kind) })

  const keeping = createKeeping(
    // What is done for a class is kept apart from what is done for oneself, and from what others do on this machine.
    options.seed ? `${lesson}#${options.seed}` : lesson,
    (): Work => {
      // Whoever looks into the past has not left the present.
      const { files, active } = present ?? state.get()
      return { files: { ...files }, ...(active && { active }), ...(engine.record && { record: engine.record }) }
    },
    { unkept: () => notice('unkept'), elsewhere: () => notice('elsewhere') },
  )

  const engine = new Engine(options.makeWorker, {
    output(terminal, data) {
      let kept = printed.get(terminal)
      if (!kept) printed.set(terminal, (kept = new Scrollback()))
      kept.add(data)
      readers.get(terminal)?.(data)
    },
    file(path, text) {
      const { [path]: had, ...rest } = state.get().files
      const unsaved = had !== undefined && had !== synced[path]
      const { [path]: _, ...others } = synced
      synced = text === null ? others : { ...others, [path]: text }
      if (unsaved || path.startsWith('.') || path.includes('/.')) return
      const files = text === null ? rest : { ...state.get().files, [path]: text }
      const { active } = state.get()
      state.set({ files, active: active !== undefined && active in files ? active : Object.keys(files)[0] })
      keeping.saveSoon()
    },
    edit(request, path, text) {
      state.set({ files: { ...state.get().files, [path]: text }, active: path, edit: { request, path } })
      showTab('editor')
    },
    view: change => {
      happened.see(change.events)
      view.set({ view: applyChange(view.get().view, change) })
    },
    ports: ports => state.set({ ports }),
    time: now => {
      if (Math.floor(now / 1000) === Math.floor(state.get().now / 1000)) return
      state.set({ now, end: Math.max(now, engine.record?.end ?? now) })
    },
    branched() {
      happened.forgetAfter(state.get().now)
      before = present
      present = undefined
      dismiss('past')
      notice('branched')
      state.set({ past: false, end: state.get().now })
      keeping.saveSoon()
    },
    caughtUp() {
      if (present) setFiles(present.files, present.active)
      present = undefined
      dismiss('past')
      state.set({ past: false })
    },
    terminals: open => showTerminals(open),
    recorded: () => keeping.saveSoon(),
    replaying: forgetScreens,
    restored(kind, opened) {
      notice(kind)
      if (opened) adopt(opened)
      else state.set({ phase: 'dead' })
    },
  })

  function forgetScreens(): void {
    view.set({ view: emptyView })
    printed.clear()
    for (const write of readers.values()) write('\x1bc')
  }

  const showTerminals = (terminals: number[]): void => {
    const { terminal } = state.get()
    state.set({ terminals, terminal: terminals.includes(terminal) ? terminal : (terminals[0] ?? 0) })
  }

  function adopt(opened: Answers['open']): void {
    synced = opened.files
    showTerminals(opened.terminals)
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

  async function start(work: Work | undefined): Promise<void> {
    const seed = seedOf(work)
    const open = async (record: Work['record']): Promise<Answers['open']> => {
      const opened = await engine.open(world, seed, record)
      if (opened.terminals.length > 0) return opened
      const first = await engine.openTerminal(FIRST_TERMINAL.columns, FIRST_TERMINAL.rows)
      return { ...opened, terminals: [first] }
    }
    let opened: Answers['open']
    try {
      opened = await open(work?.record)
      if (work?.record && work.record.inputs.length > 1) notice('restored')
    } catch (error) {
      if (!work?.record) throw error
      console.error(error)
      forgetScreens()
      opened = await open(undefined)
      notice('unrestored')
    }
    const files = visible({ ...opened.files, ...work?.files })
    const wanted = work?.active ?? state.get().active
    state.set({ files, active: wanted !== undefined && wanted in files ? wanted : Object.keys(files)[0] })
    adopt(opened)
  }

  const happened = new Happened()
  /** Where the learner stands, while looking into the past. */
  let present: Work | undefined
  /** Where the learner stood, before another future was begun in the past. */
  let before: Work | undefined

  /** Plays a record in place of what is there. */
  async function goTo(work: Work & { record: SessionRecord }, until: number | undefined): Promise<void> {
    state.set({ phase: 'restoring', edit: undefined })
    forgetScreens()
    const opened = await engine.replay(work.record, until)
    const files = visible({ ...opened.files, ...work.files })
    const active = work.active !== undefined && work.active in files ? work.active : Object.keys(files)[0]
    state.set({ files, active, refusal: undefined })
    adopt(opened)
  }

  async function lookAt(wanted: number): Promise<void> {
    const record = await engine.whole()
    // Not before the learner's first terminal was there.
    const at = Math.max(wanted, (record.inputs[0]?.at ?? record.start) + 1)
    if (at >= record.end) return backToPresent()
    const { files, active } = state.get()
    present ??= { files: { ...files }, record, ...(active && { active }) }
    dismiss('branched')
    state.set({ paused: true, past: true })
    run()
    await goTo({ files: {}, record, ...(active && { active }) }, at)
    notice('past')
  }

  async function backToPresent(): Promise<void> {
    const work = present ?? before
    dismiss('past')
    dismiss('branched')
    present = before = undefined
    if (!work?.record) return
    state.set({ past: false, paused: false })
    await goTo({ ...work, record: work.record }, undefined)
    keeping.saveSoon()
  }

  const moments = (): Moment[] => inOrder(deeds(engine.record?.inputs ?? []), happened.all())

  /** One journey at a time; of several wishes the last counts. */
  let travelling: Promise<void> | undefined
  let wishes: (() => Promise<void>)[] = []
  function travel(to: () => Promise<void>): Promise<void> {
    wishes = [to]
    travelling ??= (async () => {
      try {
        for (let next = wishes.pop(); next; next = wishes.pop()) await next()
      } finally {
        travelling = undefined
      }
    })()
    return travelling
  }

  /** What is shown is somebody else's, or an older copy. */
  let visited: Shared | undefined
  const ours = (shared: Shared): Shared => {
    if (shared.record.lesson !== (world?.id ?? '')) throw new Error(`it belongs to ${shared.record.lesson}`)
    return shared
  }
  async function seen(): Promise<Shared> {
    const record = await engine.whole()
    const { files, active, past, now } = state.get()
    return {
      record: past ? cut(record, now).past : record,
      files: { ...files },
      ...(active !== undefined && { active }),
    }
  }

  let begun: Promise<void> | undefined
  const begin = (): Promise<void> =>
    (begun ??= (async () => {
      keeping.own()
      const shared = await options.shared?.then(ours).catch(error => {
        console.error(error)
        notice('badLink')
        return undefined
      })
      if (shared) {
        visited = shared
        keeping.hold(true)
        notice('visiting')
      }
      const work = shared ?? (await keeping.load())
      if (work) state.set({ phase: work.record ? 'restoring' : 'starting', files: visible(work.files) })
      await start(work)
    })())

  /** Time stands still while nobody looks. */
  function run(): void {
    const { speed, paused } = state.get()
    engine.setSpeed(paused || document.hidden ? 0 : speed)
  }
  document.addEventListener('visibilitychange', run)

  /** Brings the workstation's files to what the editor has. Answers whether all could be sent. */
  async function flush(): Promise<boolean> {
    const { files, edit } = state.get()
    let whole = true
    const gone = Object.keys(visible(synced)).filter(path => !(path in files))
    for (const [path, text] of [...Object.entries(files), ...gone.map(path => [path, null] as const)]) {
      if (path === edit?.path || synced[path] === (text ?? undefined)) continue
      if (text !== null && isTooBig(text)) {
        whole = false
        continue
      }
      const { [path]: _, ...others } = synced
      synced = text === null ? others : { ...others, [path]: text }
      await engine.input({ type: 'file', path, text })
    }
    return whole
  }

  async function command(line: string): Promise<void> {
    await begin()
    await flush()
    await engine.input({ type: 'command', terminal: state.get().terminal, line })
  }

  const setFiles = (files: Record<string, string>, active = state.get().active): void => {
    state.set({
      files,
      active: active !== undefined && active in files ? active : Object.keys(files)[0],
      refusal: undefined,
    })
    keeping.saveSoon()
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
      if (path in state.get().files) state.set({ active: path, refusal: undefined })
    },
    rebuild: workers => state.set({ asking: { kind: 'reset', workers } }),
    async check(exercise) {
      await begin()
      await flush()
      return engine.check(exercise)
    },
    async shareLink() {
      return `${location.origin}${location.pathname}#shared=${await toLink(await seen())}`
    },
    async exported() {
      const progress = await read<Progress>(['progress', lesson])
      const name = `podlab-${(lesson || 'playground').replace(/\W+/g, '-')}.json`
      return { name, text: toFile({ ...(await seen()), ...(progress && { progress }) }) }
    },
    async visit(text) {
      const shared = ours(fromFile(text))
      visited = shared
      keeping.hold(true)
      present = before = undefined
      happened.forgetAfter(0)
      state.set({ past: false, paused: false })
      await goTo(shared, undefined)
      notice('visiting')
    },
    async keepVisit() {
      const progress = visited?.progress
      if (progress)
        await update<Progress>(['progress', lesson], (old = noProgress()) => ({
          passed: [...new Set([...old.passed, ...progress.passed])],
          answers: { ...progress.answers, ...old.answers },
          opened: true,
        }))
      keeping.hold(false)
      await keeping.saveNow()
      // The marks in the prose are read when the page is.
      location.reload()
    },
    async reset(workers) {
      visited = undefined
      keeping.hold(false)
      if (workers !== undefined && world) world = { ...world, nodes: nodesFor(workers) }
      await keeping.forget()
      happened.forgetAfter(0)
      present = before = undefined
      state.set({
        phase: 'starting',
        past: false,
        paused: false,
        notices: state.get().notices.filter(n => n === 'unkept' || n === 'elsewhere'),
        edit: undefined,
      })
      forgetScreens()
      await start(undefined)
      keeping.saveSoon()
    },
    takeOver() {
      location.reload()
    },
    setFile(path, text) {
      if (state.get().files[path] === text) return
      setFiles({ ...state.get().files, [path]: text }, state.get().active ?? path)
    },
    removeFile(path) {
      const { [path]: _, ...rest } = state.get().files
      setFiles(rest)
    },
    show: path => state.set({ active: path, refusal: undefined }),
    async apply(path) {
      const text = state.get().files[path] ?? ''
      if (isTooBig(text)) {
        state.set({ refusal: options.tooBig(sizeOf(text)) })
        return
      }
      state.set({ refusal: undefined })
      await command(`kubectl apply -f ${/^[\w./-]+$/.test(path) ? path : `'${path}'`}`)
    },
    finishEdit(keep) {
      const { edit, files } = state.get()
      if (!edit) return
      engine.answerEdit(edit.request, keep ? (files[edit.path] ?? '') : null)
      const { [edit.path]: text, ...rest } = files
      const known = synced[edit.path]
      const back = known === undefined ? rest : { ...files, [edit.path]: keep ? (text ?? '') : known }
      const active = known === undefined ? Object.keys(rest)[0] : edit.path
      state.set({ edit: undefined, files: back, active })
      showTab('terminal')
    },
    type(terminal, data) {
      void (async () => {
        if (data.includes('\r')) await flush()
        await engine.input({ type: 'terminal', terminal, data })
      })().catch(console.error)
    },
    resize(terminal, columns, rows) {
      if (state.get().phase === 'ready')
        void engine.input({ type: 'resize', terminal, columns, rows }).catch(console.error)
    },
    async addTerminal() {
      const terminal = await engine.openTerminal(FIRST_TERMINAL.columns, FIRST_TERMINAL.rows)
      state.set({ terminals: [...state.get().terminals, terminal], terminal })
    },
    closeTerminal(terminal) {
      void engine.closeTerminal(terminal).catch(console.error)
      const terminals = state.get().terminals.filter(n => n !== terminal)
      printed.delete(terminal)
      state.set({ terminals, terminal: terminals[0] ?? 0 })
    },
    preview: (port, path) => engine.preview(port, path),
    onOutput(terminal, write) {
      readers.set(terminal, write)
      write(printed.get(terminal)?.text() ?? '')
      return () => readers.delete(terminal)
    },
    setSpeed(speed) {
      state.set({ speed, paused: false })
      run()
    },
    setPaused(paused) {
      state.set({ paused })
      run()
    },
    moments,
    stepBack() {
      const { now, began } = state.get()
      const before = moments().findLast(m => m.at + 1000 < now && m.at >= began)
      return travel(() => lookAt(before ? before.at + 1000 : began))
    },
    lookAt: at => travel(() => lookAt(at)),
    present: () => travel(backToPresent),
    askNodes: pod => engine.askNodes(pod),
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
        const [{ record }, hash] = await Promise.all([seen(), engine.hash()])
        return { record, hash }
      } finally {
        run()
      }
    },
  }
}
