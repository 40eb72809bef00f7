/** Keeps the board as it is on the server: each message is the whole table, drawn and escaped there. */
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
  // A link of the table that has the focus keeps it.
  const focused = board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  board.replaceChildren(document.createRange().createContextualFragment(JSON.parse(event.data)))
  if (focused) board.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus()
}
