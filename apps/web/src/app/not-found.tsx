import Link from 'next/link'
import { buttonLook } from '../components/ui/button.tsx'

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <h1 className="text-2xl font-semibold">There is no such page</h1>
      <p className="text-muted">The address may be mistyped, or the record is no longer there.</p>
      <Link href="/accounts" className={buttonLook({ look: 'primary' })}>
        Go to accounts
      </Link>
    </main>
  )
}
