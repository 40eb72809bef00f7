/** Keeps the board as it is on the server, which has drawn and escaped what each message brings: the whole table, or some of its rows. */
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
  const { table, rows } = JSON.parse(event.data)
  // A link of the table that has the focus keeps it.
  const focused = board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  if (table !== undefined) board.replaceChildren(document.createRange().createContextualFragment(table))
  for (const [learner, row] of Object.entries(rows ?? {})) {
    const drawn = document.createElement('template')
    drawn.innerHTML = row
    board.querySelector(`[data-learner="${learner}"]`)?.replaceWith(drawn.content)
  }
  const link = focused && board.querySelector(`a[href="${CSS.escape(focused)}"]`)
  if (link && link !== document.activeElement) link.focus()
}
