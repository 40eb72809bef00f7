/** The setting whether Ctrl-S applies the file; it holds for all lessons. */
const KEY = 'podlab.save'

export function savingApplies(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export function setSavingApplies(applies: boolean): void {
  try {
    if (applies) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // Storage is forbidden: it stays as it is.
  }
}
