/** Launches from a learning platform, in English. */
import type { LtiReason } from '../../lti/refusal.ts'

export const lti = {
  tool: 'Podlab: Kubernetes in the browser',
  going: 'One moment …',
  goOn: 'Go on',
  open: 'Open in a new window',
  window: 'The laboratory needs a window of its own. What you solve there is graded here.',
  blocked: 'Your browser keeps our cookies out of this page. It works in a window of its own.',
  blockedChoice:
    'Your browser keeps our cookies out of this page, and your platform keeps none for us. Allow them for this page, then choose again.',
  choose: 'Choose lessons',
  chooseOne: 'The lesson to link to',
  chooseMany: 'The lessons to link to',
  add: 'Add to the course',
  registered: 'Registered',
  registeredWhole: 'Podlab is registered with your platform. You can close this window.',
  registeredNoDeployment:
    'Podlab is registered with your platform. Add the deployment ID that the platform shows for it in the classroom, under Platforms.',
  refused: 'This launch was refused',
  reasons: {
    'unknown-platform': 'No teacher here has registered this platform.',
    'bad-request': 'What the platform sent is incomplete, or has the wrong form.',
    'platform-error': 'The platform has refused to sign you in.',
    state: 'This launch is too old, or was never begun. Open the link in your course once more.',
    replayed: 'This was used before; it works once. Open the link in your course once more.',
    'other-browser': 'This launch was begun in another browser. Open the link in your course in this one.',
    signature: 'The platform’s signature is not right.',
    key: 'The launch was signed with a key that the platform does not publish.',
    'keys-unreachable': 'The platform’s keys could not be read just now. Try again in a minute.',
    issuer: 'The launch comes from another platform than it should.',
    audience: 'The launch was meant for somebody else.',
    expired: 'The launch has expired. Open the link in your course once more.',
    issued: 'The launch was made at a time that cannot be right; perhaps a clock is wrong.',
    nonce: 'The launch does not belong to the sign-in that was begun.',
    deployment: 'The platform’s deployment is not registered here. A teacher can add it under Platforms.',
    message: 'The platform sends a message that this classroom does not understand.',
    'no-context': 'The link is in no course, so there is no class for it.',
    'not-instructor': 'Only who teaches the course may choose lessons.',
  } satisfies Record<LtiReason, string>,
  roster: 'People of the course',
  rosterLead:
    'This class belongs to a course of a learning platform. Whoever opens a lesson from there is in it; the others can be taken over now.',
  rosterButton: 'Take over from the platform',
  synced: (learners: number, staff: number, gone: number) =>
    `${learners} learners and ${staff} staff are here; ${gone} have left the course.`,
  unsent: 'Grades that the platform has not taken yet',
  unsentLead: 'They are sent again by themselves, unless the platform gave a reason that time does not mend.',
  unsentAttempts: (n: number) => `${n} ${n === 1 ? 'attempt' : 'attempts'}`,
  retry: 'Send them now',
}
