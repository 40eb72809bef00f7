/** Defers work until the reader pauses, where it would hold up what they type. */

let lastKey = 0
let composing = false
let watching = false

function watch(): void {
  if (watching) return
  watching = true
  lastKey = performance.now()
  const touched = (): void => {
    lastKey = performance.now()
  }
  const options = { capture: true, passive: true }
  for (const type of ['keydown', 'input', 'pointerdown']) addEventListener(type, touched, options)
  // Words that an input method is still putting together would be lost with the field they are in.
  addEventListener('compositionstart', () => (composing = true), options)
  addEventListener('compositionend', () => (composing = false), options)
}

/** Resolves once nothing has been typed or pressed for so long. */
export async function quiet(ms: number): Promise<void> {
  watch()
  for (;;) {
    const rest = lastKey + ms - performance.now()
    if (rest <= 0 && !composing) return
    await new Promise(done => setTimeout(done, Math.max(rest, 100)))
  }
}
