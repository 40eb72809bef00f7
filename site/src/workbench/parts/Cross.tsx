/** The sign on buttons that close. */
export function Cross() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="m5 6 1-1 4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4Z" />
    </svg>
  )
}
