/** Keeping and sharing what was done, in English. */
import type { Words } from '../words.ts'

export const keep: Words['keep'] = {
  unkept: 'This browser allows no storage, or it is full. You can go on, but nothing is kept when you close the page.',
  elsewhere:
    'This lesson is open in another tab. So that they don’t overwrite each other, this one has stopped saving.',
  share: 'Share',
  shareWhat:
    'The link itself carries the record of all that was done, past no server. Whoever opens it sees exactly this cluster, and your own work stays as it is.',
  link: 'Link',
  copyLink: 'Copy the link',
  linkCopied: 'The link has been copied.',
  linkByHand: 'The browser does not let the page copy; copy the selected link by hand.',
  noLink: 'The link could not be made. You can download a file instead.',
  linkTooLong:
    'So much has been done that the link would be too long to send. Send it as a file, which can be opened here.',
  download: 'Download a file',
  openFile: 'Open a file…',
  notASession: 'That is no record of this lesson.',
  visiting: 'What you see was shared with you. Your own work has not been touched.',
  keepVisit: 'Replace my work with it',
  leaveVisit: 'Back to my work',
  badLink: 'The record in the link is damaged, or belongs to another lesson.',
  takeOver: 'Continue here instead',
  restored: 'You are back where you left off',
  restoring: 'Going back to where you left off…',
  unrestored:
    'What was recorded last time could not be replayed, so the cluster begins afresh. Your files are all here.',
  crashed: 'The simulator failed. It was restored from the record.',
  crashedLast:
    'The simulator failed. It was restored from the record, without the last step, which caused the failure.',
  crashedHard: 'The simulator keeps failing and has stopped. Your files are all here; you can start over.',
}
