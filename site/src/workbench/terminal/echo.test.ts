/** Keys echoed before the shell has answered. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEcho } from './echo.ts'

/** A screen of one line, as far as these stories need it. */
function createScreen(columns = 20) {
  let text = ''
  let cursor = 0
  const draw = (data: string): void => {
    for (const [piece] of data.matchAll(/\x1b\[\d*[A-Za-z]|[\s\S]/g)) {
      const steps = Number(/\d+/.exec(piece)?.[0] ?? 1)
      if (piece.endsWith('D') && piece.length > 1) cursor -= steps
      else if (piece === '\x1b[K') text = text.slice(0, cursor)
      else {
        text = text.slice(0, cursor) + piece + text.slice(cursor + 1)
        cursor++
      }
    }
  }
  return { draw, text: () => text, room: () => columns - cursor }
}

function start() {
  const screen = createScreen()
  const due: (() => void)[] = []
  const echo = createEcho({ draw: screen.draw, room: screen.room, later: (_, work) => void due.push(work) })
  return {
    ...echo,
    screen,
    patience: () => {
      for (const work of due.splice(0)) work()
    },
  }
}

it('the first key waits for the shell; once one was echoed the next are seen at once', () => {
  const { typed, printed, screen } = start()
  printed('$ ')
  typed('l')
  expect(screen.text()).toBe('$ ')
  printed('l')
  typed('s')
  expect(screen.text()).toBe('$ ls')
  printed('s')
  expect(screen.text()).toBe('$ ls')
})

it('where nothing is echoed nothing is drawn', () => {
  const { typed, screen } = start()
  for (const key of 'secret') typed(key)
  expect(screen.text()).toBe('')
})

it('what the shell prints instead is the truth, and what it never confirms is taken back', () => {
  const { typed, printed, screen, patience } = start()
  typed('a')
  printed('a')
  typed('b')
  typed('c')
  printed('bX')
  expect(screen.text()).toBe('abX')
  typed('d')
  printed('d')
  typed('e')
  expect(screen.text()).toBe('abXde')
  patience()
  expect(screen.text()).toBe('abXd')
  printed('e')
  expect(screen.text()).toBe('abXde')
})

it('nothing is drawn ahead at the end of a row, nor after a key that moves', () => {
  const { typed, printed, screen } = start()
  for (const key of 'x'.repeat(19)) {
    typed(key)
    printed(key)
  }
  typed('y')
  expect(screen.text()).toBe('x'.repeat(19))
  printed('y')
  typed('\x1b[D')
  typed('z')
  expect(screen.text()).toBe(`${'x'.repeat(19)}y`)
})

it('whatever is typed, and however late and in what pieces it is answered, the screen ends as without it', () => {
  // Numbers are pieces of what the shell has printed by then, or patience that ends; 'O' is printed by another program.
  const story = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', '\x7f', '\r', 'O'), fc.nat(3)), { maxLength: 40 })
  fc.assert(
    fc.property(story, fc.boolean(), (steps, silent) => {
      const { typed, printed, screen, patience } = start()
      const plain = createScreen()
      let pending = ''
      const give = (count: number): void => {
        const piece = pending.slice(0, count)
        pending = pending.slice(count)
        if (!piece) return
        printed(piece)
        plain.draw(piece)
      }
      for (const step of steps) {
        if (step === 0) patience()
        else if (typeof step === 'number') give(step)
        else if (step === 'O') pending += 'O'
        else {
          typed(step)
          if (!silent && step >= ' ' && step !== '\x7f') pending += step
        }
      }
      give(pending.length)
      patience()
      expect(screen.text()).toBe(plain.text())
    }),
  )
})
