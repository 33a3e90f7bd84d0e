-- Documents and payments of one person are found by who wrote them; those of their companies through the company.
CREATE INDEX "contracts_by_author" ON "crm"."contracts" USING btree ("tenant_id","created_by","account_id");--> statement-breakpoint
CREATE INDEX "invoices_by_author" ON "crm"."invoices" USING btree ("tenant_id","created_by","account_id","credits_invoice_id");--> statement-breakpoint
CREATE INDEX "payments_by_author" ON "crm"."payments" USING btree ("tenant_id","created_by","account_id","id","refunds_payment_id");--> statement-breakpoint
CREATE INDEX "quotes_by_author" ON "crm"."quotes" USING btree ("tenant_id","created_by","account_id");