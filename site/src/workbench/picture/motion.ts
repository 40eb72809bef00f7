/** Shows the way of a Pod that is given a node, and of one that goes; whoever had the focus there keeps a place in the picture. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Beyond this many, moves are not shown one by one. */
const FOLLOWED = 60
const MOVE_MS = 450
const LEAVE_MS = 300

interface Place {
  element: HTMLElement
  tray: string
  box: DOMRect
}

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
const trayOf = (leaf: HTMLElement): string => leaf.closest<HTMLElement>('[data-node]')?.dataset.node ?? ''

/** What lies where, by uid. */
function survey(root: HTMLElement): Map<string, Place> {
  const places = new Map<string, Place>()
  const leaves = root.querySelectorAll<HTMLElement>('.leaf')
  if (leaves.length > FOLLOWED) return places
  for (const element of leaves)
    places.set(element.dataset.uid ?? '', { element, tray: trayOf(element), box: element.getBoundingClientRect() })
  return places
}

/** A picture of what has just gone, fading where it was. */
function fade({ element, box }: Place): void {
  const ghost = element.cloneNode(true) as HTMLElement
  ghost.removeAttribute('data-pod')
  ghost.removeAttribute('data-uid')
  ghost.inert = true
  ghost.classList.add('ghost')
  Object.assign(ghost.style, {
    left: `${box.left}px`,
    top: `${box.top}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  })
  ghost.setAttribute('aria-hidden', 'true')
  document.body.append(ghost)
  ghost
    .animate([{ opacity: 1 }, { opacity: 0, transform: 'translateY(14px) scale(0.85)' }], { duration: LEAVE_MS })
    .finished.finally(() => ghost.remove())
    .catch(() => {})
}

function travel({ element, box }: Place, from: DOMRect): void {
  const dx = from.left - box.left
  const dy = from.top - box.top
  element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'none' }], {
    duration: MOVE_MS,
    easing: 'cubic-bezier(0.3, 0.8, 0.3, 1)',
  })
}

/** @param root the element that holds all trays */
export function useMotion(root: RefObject<HTMLElement | null>): void {
  const places = useRef(new Map<string, Place>())
  // Read before the elements are changed: afterwards the focus would be gone.
  const focused = document.activeElement
  const held = focused instanceof HTMLElement && root.current?.contains(focused) ? focused : undefined
  useLayoutEffect(() => {
    const here = root.current
    if (!here) return
    // What had the focus is gone: the reader is still here, and so is the rest of the picture.
    if (held && !held.isConnected && document.activeElement === document.body) here.focus()
    const now = survey(here)
    // Whether it can be seen costs a layout: asked only where there is something to show.
    if (now.size > 0 && !still() && here.checkVisibility()) {
      for (const [uid, place] of now) {
        const then = places.current.get(uid)
        if (then && then.tray !== place.tray) travel(place, then.box)
      }
      for (const [uid, place] of places.current) if (!now.has(uid)) fade(place)
    }
    places.current = now
  })
}
