/** What unwinds the program of a process that has ended: whoever catches everything lets this pass. One for all, since nobody asks where it came from. */
export const UNWIND = new Error('the process has ended')
