/** Notices above the workbench, each shown once. */
import type { NoticeKind, State } from './state.ts'
import type { Store } from './store.ts'

export interface NoticeList {
  notice(kind: NoticeKind): void
  dismiss(kind: NoticeKind): void
}

export function createNotices(state: Store<State>): NoticeList {
  return {
    notice(kind) {
      const { notices } = state.get()
      if (!notices.includes(kind)) state.set({ notices: [...notices, kind] })
    },
    dismiss: kind => state.set({ notices: state.get().notices.filter(n => n !== kind) }),
  }
}
