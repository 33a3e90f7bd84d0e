import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.ts'
import { renderEnvExample } from './render.ts'

writeFileSync(join(root, '.env.example'), renderEnvExample())
