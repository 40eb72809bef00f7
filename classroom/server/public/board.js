/** Keeps the board as it is on the server, which has drawn and escaped what each message brings: all of it, or some of its parts. */
const board = document.querySelector('[data-board]')
const status = document.querySelector('[data-board-status]')
const source = new EventSource(board.dataset.board)
source.onopen = () => {
  status.textContent = status.dataset.live
}
source.onerror = () => {
  status.textContent = status.dataset.lost
}
source.onmessage = event => {
  const { all, parts } = JSON.parse(event.data)
  // A link of the board that has the focus keeps it.
  const focused = board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  if (all !== undefined) board.replaceChildren(document.createRange().createContextualFragment(all))
  for (const [part, markup] of Object.entries(parts ?? {})) {
    const drawn = document.createElement('template')
    drawn.innerHTML = markup
    board.querySelector(`[data-part="${part}"]`)?.replaceWith(drawn.content)
  }
  const link = focused && board.querySelector(`a[href="${CSS.escape(focused)}"]`)
  if (link && link !== document.activeElement) link.focus()
}
