import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect } from 'react'
import { useForm, type DefaultValues, type FieldPath, type FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { refusedFields } from './refused-fields.ts'

/**
 * A form that holds a contract's input and gives out what the contract made of it. What the server says about single
 * fields is shown at these fields, like what the contract says. Fields complain when the form is sent, not when they are
 * left: a line that appears as one presses a button moves the button away.
 */
export function useRecordForm<Input extends FieldValues, Output>(
  contract: z.ZodType<Output, Input>,
  values: DefaultValues<Input>,
  error: unknown,
) {
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(contract),
    defaultValues: values,
  })
  const { setError } = form
  useEffect(() => {
    for (const [field, message] of refusedFields(error)) setError(field as FieldPath<Input>, { message })
  }, [error, setError])
  return form
}
