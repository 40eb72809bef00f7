/** Notices about the workbench itself, each with what can be done about it. */
import type { Words } from '../words/words.ts'
import { useLab } from './context.ts'
import type { Model } from './model.ts'
import { Cross } from './parts/Cross.tsx'
import { helpsToReload, realNotice } from './real/notice.ts'
import type { NoticeKind, State } from './state.ts'
import { usePart } from './store.ts'

const words: Record<NoticeKind, (t: Words, state: State) => string> = {
  unkept: t => t.keep.unkept,
  elsewhere: t => t.keep.elsewhere,
  unrestored: t => t.keep.unrestored,
  restored: t => t.keep.restored,
  crashed: t => t.keep.crashed,
  crashedLast: t => t.keep.crashedLast,
  crashedHard: t => t.keep.crashedHard,
  nothingNext: t => t.time.nothingNext,
  past: t => t.time.past,
  branched: t => t.time.branched,
  visiting: t => t.keep.visiting,
  badLink: t => t.keep.badLink,
  real: (t, { realRefusal }) => (realRefusal ? realNotice(t, realRefusal) : ''),
}

interface Remedy {
  when?(state: State): boolean
  label(t: Words): string
  do(model: Model): void | Promise<void>
}
const remedies: Partial<Record<NoticeKind, readonly Remedy[]>> = {
  elsewhere: [{ label: t => t.keep.takeOver, do: model => model.takeOver() }],
  past: [{ label: t => t.time.present, do: model => model.present() }],
  branched: [{ label: t => t.time.unbranch, do: model => model.present() }],
  real: [
    {
      when: ({ realRefusal }) => realRefusal !== undefined && helpsToReload(realRefusal),
      label: t => t.real.reload,
      do: () => location.reload(),
    },
  ],
  visiting: [
    { label: t => t.keep.keepVisit, do: model => model.keepVisit() },
    { label: t => t.keep.leaveVisit, do: () => location.reload() },
  ],
}

export function Notices() {
  const { model, t } = useLab()
  const notices = usePart(model.state, s => s.notices)
  return (
    <div class="notices" role="status">
      {notices.map(kind => (
        <div key={kind} class={`notice notice-${kind}`}>
          <span>{words[kind](t, model.state.get())}</span>
          {remedies[kind]
            ?.filter(({ when }) => when?.(model.state.get()) ?? true)
            .map((remedy, i) => (
              <button
                key={remedy.label(t)}
                type="button"
                class={`button small${i > 0 ? ' quiet' : ''}`}
                onClick={() => void Promise.resolve(remedy.do(model)).catch(console.error)}
              >
                {remedy.label(t)}
              </button>
            ))}
          <button
            type="button"
            class="icon"
            aria-label={t.lab.close}
            title={t.lab.close}
            onClick={() => model.dismiss(kind)}
          >
            <Cross />
          </button>
        </div>
      ))}
    </div>
  )
}
