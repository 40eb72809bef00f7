/** Joining a class, in English. */

export const join = {
  title: 'Join a class',
  lead: 'Your teacher has given you a code of six characters.',
  code: 'Class code',
  nickname: 'Nickname',
  nicknameHelp: 'Seen by your teachers. It need not be your real name.',
  button: 'Join',
  back: 'Been here before?',
  backLead: 'Come back with the key that you were shown when you joined.',
  key: 'Your key',
  backButton: 'Come back',
  joined: (name: string) => `You have joined as ${name}`,
  keyTitle: 'Keep this key',
  keyLead: 'With it you come back on another machine, or after clearing your browser. It is shown only now.',
  begin: 'To the course',
  privacy:
    'Kept here: your nickname, where you are in the course, and what you hand in. You can have a copy of it, or have it deleted, at any time.',
}
