/**
 * Keys that are seen at once. Who echoes a key is the shell, in its worker, and a browser lets a worker's message wait until
 * it has drawn what the key itself has changed. So a key is drawn in the moment it is pressed, where the last one was
 * echoed as it was; what the shell then prints is the truth, and whatever was drawn against it is taken back.
 */

/** As long as a shell may take to confirm a key. */
const PATIENCE_MS = 500
/** What a line's editor echoes as it stands, one column wide. */
const PLAIN = /^[ -~]$/

interface Means {
  draw(data: string): void
  /** Columns to the right of the cursor; 0 while something waits to be drawn. */
  room(): number
  later(ms: number, work: () => void): void
}

export interface Echo {
  /** What was typed, before the shell knows of it. */
  typed(key: string): void
  /** What the shell has printed; draws what is not there yet. */
  printed(data: string): void
}

export function createEcho({ draw, room, later }: Means): Echo {
  /** Drawn, and not yet confirmed. */
  let ahead = ''
  /** Typed and not drawn: what is printed next tells whether keys are echoed. */
  let asked = ''
  let echoed = false
  let drawn = 0

  const takeBack = (from: number): string => {
    const back = ahead.length - from
    ahead = ''
    echoed = false
    return back ? `\x1b[${back}D\x1b[K` : ''
  }

  return {
    typed(key) {
      if (!PLAIN.test(key)) {
        echoed = false
        asked = ''
      } else if (echoed && !asked && room() > 1) {
        ahead += key
        draw(key)
        const mine = ++drawn
        later(PATIENCE_MS, () => ahead && mine === drawn && draw(takeBack(0)))
      } else asked += key
    },
    printed(data) {
      if (!ahead) {
        echoed = asked !== '' && asked === data
        asked = asked.startsWith(data) ? asked.slice(data.length) : ''
        draw(data)
        return
      }
      let same = 0
      while (same < ahead.length && data[same] === ahead[same]) same++
      const rest = data.slice(same)
      if (same === ahead.length || !rest) {
        ahead = ahead.slice(same)
        if (!rest) return
        echoed = false
        draw(rest)
      } else draw(takeBack(same) + rest)
      asked = ''
    },
  }
}
