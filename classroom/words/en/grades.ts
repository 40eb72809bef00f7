/** The grade book, in English. */

export const grades = {
  title: 'Grades',
  download: 'Download as CSV',
  none: 'No lesson has been set yet.',
  cell: (passed: number, of: number) => `${passed} of ${of}`,
  late: 'late',
  columns: {
    score: (title: string) => `${title} (%)`,
    passed: (title: string, of: number) => `${title}: solved, of ${of}`,
    at: (title: string) => `${title}: last handed in`,
  },
  alike: 'Very similar records',
  alikeIn: (lesson: string) => `Very similar records: ${lesson}`,
  alikeLead:
    'These sessions share whole runs of input with the same pauses. That can have an innocent reason; look at both, and talk to people.',
  alikeNone: 'None.',
  howAlike: (percent: number) => `${percent} % in common`,
}
