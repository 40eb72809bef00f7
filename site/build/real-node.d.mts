import type { FileSystemTree } from '@webcontainer/api'

export const REAL_NODE_PATH: string
export function realNodeFiles(): Promise<FileSystemTree>
