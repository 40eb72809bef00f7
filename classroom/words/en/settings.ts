/** Settings of a class, in English. */

export const settings = {
  name: 'Name of the class',
  timezone: 'Time zone',
  timezoneHelp: 'Dates and times of this class are meant and shown in it.',
  joinable: 'Whoever has the code can join',
  change: 'Change',
  code: 'Another code',
  codeLead: 'With a new code nobody joins by the old one. Whoever is in stays. The code now:',
  codeButton: 'Make a new code',
  retention: 'How long learners are kept',
  retentionDays: 'Days',
  retentionHelp: 'Who was not seen for so many days is forgotten, with everything that was handed in.',
  remove: 'Delete the class',
  removeLead: 'Its learners, all that they handed in, and their grades are deleted with it.',
  removeAsk: 'Type the name of the class',
  handOver: 'Hand the class over',
  handOverLead: 'Somebody else of its staff becomes its owner. You stay in it as a teacher.',
  handOverTo: 'New owner',
  handOverNobody: 'Nobody else teaches this class yet. Add somebody under People first.',
}
