import { z } from 'zod'

/** How the environment says how mails and webhooks leave, with the words of `.env.example`. */
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

/** Also the web application asks it: where it is not set, endpoints are given with https alone. */
export const webhookVariables = {
  WEBHOOK_NETWORKS: z.string().optional().meta({
    description:
      'Networks that are not the internet and that webhooks may reach all the same, there also without TLS: for development, or for programs of your own. Not set: public addresses alone, over https.',
    example: '10.1.0.0/16,127.0.0.1/32',
  }),
}

export type MailVariables = { [Name in keyof typeof mailVariables]?: string | undefined }
