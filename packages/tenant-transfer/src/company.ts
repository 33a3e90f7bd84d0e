export type { TransferOptions, Progress } from './sides.ts'
