/** The hints of an exercise: those that fit its last check are shown, and those that ever were are counted. */

/** @param fitting ids in the order of the checks; the first to matter is opened, the rest are at hand */
export function showHints(exercise: HTMLElement, fitting: readonly string[]): void {
  for (const hint of exercise.querySelectorAll<HTMLDetailsElement>('[data-hint]')) {
    const place = fitting.indexOf(hint.dataset.hint ?? '')
    hint.toggleAttribute('data-shown', place >= 0)
    hint.open = place === 0
    if (place >= 0) hint.dataset.seen = ''
  }
}

/** Marks those that were shown before the page was opened: they count, and are not shown again. */
export function markSeen(exercise: ParentNode, hints: readonly string[]): void {
  for (const hint of exercise.querySelectorAll<HTMLElement>('[data-hint]'))
    if (hints.includes(hint.dataset.hint ?? '')) hint.dataset.seen = ''
}

/** How many different hints have ever been shown: none of them is shown any more once all checks pass. */
export const hintsSeen = (exercise: ParentNode): number => exercise.querySelectorAll('[data-hint][data-seen]').length
