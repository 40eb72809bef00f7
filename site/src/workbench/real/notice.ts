/** The notice for real Node that does not run, or runs no more: what is missing, and how the lesson goes on. */
import type { Words } from '../../words/words.ts'
import type { Reason, Refusal } from './reasons.ts'

/** Reasons that somebody else's words explain further. */
const QUOTED: readonly Reason[] = ['licence', 'memory', 'refused', 'crashed', 'files']
/** Reasons that a reload may remove. */
const RELOAD: readonly Reason[] = ['reload', 'slow', 'spent']

export function realNotice(t: Words, { reason, detail }: Refusal): string {
  const quoted = detail && QUOTED.includes(reason) ? t.real.saying(detail) : ''
  return `${t.real.why[reason]}${quoted} ${reason === 'crashed' ? t.real.wentBack : t.real.goesOn}`
}

export const helpsToReload = ({ reason }: Refusal): boolean => RELOAD.includes(reason)
