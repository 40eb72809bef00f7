export function newLesson(
  lessons: string,
  lesson: { chapter: string; name: string; zh: string; en: string },
): { id: string; todo: string[] }
export function todoIn(folder: string): string[]
