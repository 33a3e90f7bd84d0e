'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { signIn } from '@tenantry/auth/browser'
import { SignInInput } from '@tenantry/contracts/session'
import { errorCodes } from '@tenantry/errors/codes'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Banner } from '../../components/ui/banner.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Field } from '../../components/ui/field.tsx'
import { Input } from '../../components/ui/input.tsx'

export function SignInForm({ next }: { next: string }) {
  const router = useRouter()
  const [refusal, setRefusal] = useState<string>()
  const form = useForm({ resolver: zodResolver(SignInInput), defaultValues: { email: '', password: '' } })
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState
  // After a good answer the next page is on its way; the button stays pressed until it is there.
  const isBusy = isSubmitting || (isSubmitSuccessful && refusal === undefined)
  const submit = form.handleSubmit(async (input) => {
    setRefusal(undefined)
    const answer = await signIn(input).catch(() => undefined)
    if (answer === undefined) return setRefusal('The server could not be reached.')
    if (!answer.ok) return setRefusal(errorCodes[answer.code].message)
    router.replace(next)
    router.refresh()
  })
  // The method matters only before the script runs: a password must never end up in an address.
  return (
    <form noValidate method="post" onSubmit={submit} className="grid gap-4">
      {refusal !== undefined && <Banner tone="bad" title={refusal} />}
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register('email')} />}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input {...control} type="password" autoComplete="current-password" {...form.register('password')} />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
