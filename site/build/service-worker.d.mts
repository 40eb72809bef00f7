export function filesOf(folder: string): Record<string, string>
export function writeServiceWorker(folder: string): void
