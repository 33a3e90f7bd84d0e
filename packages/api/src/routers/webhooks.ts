import { pageOf } from '@tenantry/contracts/pages'
import {
  QueuedWebhook,
  Webhook,
  WebhookDeliveriesQuery,
  WebhookInput,
  WebhookMessage,
  WebhookMessageRef,
  WebhookPatch,
  WebhookRef,
  WebhookWithSecret,
} from '@tenantry/contracts/webhooks'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { webhooksProcedure } from '../procedures/webhooks.ts'

const managing = webhooksProcedure.meta({ permission: 'tenant.manage' })

/** Whom a company tells of its changes. An endpoint lets news of customers out, so only its managers see any of it. */
export const webhooksRouter = router({
  list: managing.output(z.array(Webhook)).query(({ ctx }) => ctx.webhooks.list()),
  create: managing
    .input(WebhookInput)
    .output(WebhookWithSecret)
    .mutation(({ ctx, input }) => ctx.webhooks.create(input)),
  patch: managing
    .input(WebhookPatch)
    .output(Webhook)
    .mutation(({ ctx, input }) => ctx.webhooks.patch(input)),
  disable: managing
    .input(WebhookRef)
    .output(Webhook)
    .mutation(({ ctx, input }) => ctx.webhooks.disable(input.id)),
  enable: managing
    .input(WebhookRef)
    .output(Webhook)
    .mutation(({ ctx, input }) => ctx.webhooks.enable(input.id)),
  remove: managing
    .input(WebhookRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.webhooks.remove(input.id)),
  rotateSecret: managing
    .input(WebhookRef)
    .output(WebhookWithSecret)
    .mutation(({ ctx, input }) => ctx.webhooks.rotateSecret(input.id)),
  test: managing
    .input(WebhookRef)
    .output(QueuedWebhook)
    .mutation(({ ctx, input }) => ctx.webhooks.test(input.id)),
  deliveries: managing
    .input(WebhookDeliveriesQuery)
    .output(pageOf(WebhookMessage))
    .query(({ ctx, input }) => ctx.webhooks.deliveries(input)),
  redeliver: managing
    .input(WebhookMessageRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.webhooks.redeliver(input.id)),
})
