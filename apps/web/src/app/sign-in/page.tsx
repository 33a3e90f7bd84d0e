import type { Metadata } from 'next'
import { Logo } from '../../components/shell/logo.tsx'
import { returnAddress } from './return-address.ts'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { from } = await searchParams
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken p-4">
      <div className="w-full max-w-sm rounded-xl border border-line bg-card p-8 shadow-sm">
        <Logo />
        <h1 className="mt-5 mb-5 text-xl font-semibold">Sign in</h1>
        <SignInForm next={returnAddress(from)} />
      </div>
    </main>
  )
}
