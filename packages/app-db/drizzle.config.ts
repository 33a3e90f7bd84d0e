import { defineConfig } from 'drizzle-kit'

/** Only `drizzle-kit generate` is used: it writes the SQL, a person reads and completes it, our own runner applies it. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema.ts',
  out: './migrations',
  schemaFilter: ['app'],
})
