'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { signIn } from '@tenantry/auth/browser'
import { AcceptInvitationInput } from '@tenantry/contracts/new-tenant'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Banner } from '../../components/ui/banner.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Field } from '../../components/ui/field.tsx'
import { Input } from '../../components/ui/input.tsx'
import { askInvitation, useInvitation } from './use-invitation.ts'

export function InvitationForm() {
  const invitation = useInvitation()
  if (invitation === undefined) return <p className="text-muted">One moment…</p>
  const { token, answer } = invitation
  if (!answer.ok) return <Banner tone="bad" title={answer.body.message ?? 'This link could not be looked at.'} />
  const { companyName, email = '', name } = answer.body
  return (
    <>
      <p className="mb-4">
        Welcome to {companyName}, {name}. You will sign in as <strong>{email}</strong>.
      </p>
      <PasswordForm token={token} email={email} />
    </>
  )
}

const PasswordOnly = AcceptInvitationInput.pick({ password: true })

function PasswordForm({ token, email }: { token: string; email: string }) {
  const router = useRouter()
  const [refusal, setRefusal] = useState<string>()
  const form = useForm({ resolver: zodResolver(PasswordOnly), defaultValues: { password: '' } })
  const { errors, isSubmitting } = form.formState
  const submit = form.handleSubmit(async ({ password }) => {
    setRefusal(undefined)
    const accepted = await askInvitation('PUT', { token, password }).catch(() => undefined)
    if (accepted === undefined) return setRefusal('The server could not be reached.')
    if (!accepted.ok) return setRefusal(accepted.body.message)
    const answer = await signIn({ email, password }).catch(() => undefined)
    // Whatever became of it: the password is set, and the form to sign in is the next place.
    router.replace(answer?.ok ? '/' : '/sign-in')
    router.refresh()
  })
  return (
    <form noValidate method="post" onSubmit={submit} className="grid gap-4">
      {refusal !== undefined && <Banner tone="bad" title={refusal} />}
      <Field label="Password" error={errors.password?.message}>
        {(control) => <Input {...control} type="password" autoComplete="new-password" {...form.register('password')} />}
      </Field>
      <Button type="submit" look="primary" disabled={isSubmitting}>
        {isSubmitting ? 'Saving…' : 'Save and sign in'}
      </Button>
    </form>
  )
}
