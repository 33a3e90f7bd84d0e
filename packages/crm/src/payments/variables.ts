import { z } from 'zod'

/** How the environment of any process says where the provider for tests keeps its books, with the words of `.env.example`. */
export const paymentVariables = {
  TEST_PAYMENTS_FOLDER: z.string().optional().meta({
    description:
      'Where the payment provider for tests, which moves no money, remembers what was asked of it: the absolute path of a folder. The web application and the worker need the same one; without it the worker asks nobody what became of payments.',
    example: '/var/lib/tenantry/test-payments',
  }),
}
