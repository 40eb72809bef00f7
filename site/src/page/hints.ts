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

/** How many different hints have been shown since the page was opened: none of them is shown any more once all checks pass. */
export const hintsSeen = (exercise: ParentNode): number => exercise.querySelectorAll('[data-hint][data-seen]').length
