import { t } from './surroundings/init.ts'

export const router = t.router
export const createCallerFactory = t.createCallerFactory
