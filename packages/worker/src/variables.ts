import { z } from 'zod'

/** How the environment says how mail leaves, with the words of `.env.example`. */
export const mailVariables = {
  MAIL_SMTP_URL: z.string().optional().meta({
    description:
      'The server that takes mails: smtps://user:password@host:465, or smtp:// on port 587 with STARTTLS. Not set: they are written into MAIL_FOLDER.',
    example: 'smtps://tenantry:password@mail.example.com:465',
  }),
  MAIL_FOLDER: z.string().optional().meta({
    description:
      'A folder that takes mails in place of a server, one file for each, as mail programs open them. With neither, mails wait in the outbox.',
    example: '/var/lib/tenantry/mailbox',
  }),
  MAIL_FROM: z.string().optional().meta({
    description: 'Whom mails are from. The name of the company is put before the address.',
    example: 'crm@example.com',
  }),
}

export type MailVariables = { [Name in keyof typeof mailVariables]?: string | undefined }
