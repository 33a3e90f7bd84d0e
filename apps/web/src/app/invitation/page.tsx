import type { Metadata } from 'next'
import { Logo } from '../../components/shell/logo.tsx'
import { InvitationForm } from './invitation-form.tsx'

export const metadata: Metadata = { title: 'Invitation' }

export default function InvitationPage() {
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken p-4">
      <div className="w-full max-w-sm rounded-xl border border-line bg-card p-8 shadow-sm">
        <Logo />
        <h1 className="mt-5 mb-5 text-xl font-semibold">Choose a password</h1>
        <InvitationForm />
      </div>
    </main>
  )
}
