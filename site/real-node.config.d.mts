export const realNodeConfig: { on: boolean; apiKey: string; frames: string[] }
