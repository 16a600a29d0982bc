using Microsoft.EntityFrameworkCore;

namespace Waybill.Receiving.EntityFrameworkCore;

/// <summary>The table in an application's own model.</summary>
public static class ReceivedWebhookModel
{
    /// <summary>For <c>OnModelCreating</c>: adds the table, with its key and the index by which old rows are found. A migration makes it as any other.</summary>
    /// <param name="table">Its name; <c>received_webhooks</c> by default.</param>
    /// <param name="schema">Null for the model's default.</param>
    public static ModelBuilder AddReceivedWebhooks(this ModelBuilder model, string table = "received_webhooks", string? schema = null) =>
        model.Entity<ReceivedWebhook>(webhook =>
        {
            webhook.ToTable(table, schema);
            webhook.HasKey(row => new { row.Scope, row.WebhookId });
            webhook.Property(row => row.Scope).HasMaxLength(ReceivedWebhook.MaxLength);
            webhook.Property(row => row.WebhookId).HasMaxLength(ReceivedWebhook.MaxLength);
            webhook.HasIndex(row => row.ReceivedAt);
        });
}
