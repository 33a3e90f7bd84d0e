import {
  WebhookDeliveriesQuery,
  WebhookInput,
  WebhookMessageRef,
  WebhookPatch,
  WebhookRef,
} from '@tenantry/contracts/webhooks'
import { router } from '../procedures/router.ts'
import { webhooksProcedure } from '../procedures/webhooks.ts'

const managing = webhooksProcedure.meta({ permission: 'tenant.manage' })

/** Whom a company tells of its changes. An endpoint lets news of customers out, so only its managers see any of it. */
export const webhooksRouter = router({
  list: managing.query(({ ctx }) => ctx.webhooks.list()),
  create: managing.input(WebhookInput).mutation(({ ctx, input }) => ctx.webhooks.create(input)),
  patch: managing.input(WebhookPatch).mutation(({ ctx, input }) => ctx.webhooks.patch(input)),
  disable: managing.input(WebhookRef).mutation(({ ctx, input }) => ctx.webhooks.disable(input.id)),
  enable: managing.input(WebhookRef).mutation(({ ctx, input }) => ctx.webhooks.enable(input.id)),
  remove: managing.input(WebhookRef).mutation(({ ctx, input }) => ctx.webhooks.remove(input.id)),
  rotateSecret: managing.input(WebhookRef).mutation(({ ctx, input }) => ctx.webhooks.rotateSecret(input.id)),
  test: managing.input(WebhookRef).mutation(({ ctx, input }) => ctx.webhooks.test(input.id)),
  deliveries: managing.input(WebhookDeliveriesQuery).query(({ ctx, input }) => ctx.webhooks.deliveries(input)),
  redeliver: managing.input(WebhookMessageRef).mutation(({ ctx, input }) => ctx.webhooks.redeliver(input.id)),
})
