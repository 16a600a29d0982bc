using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Client.EntityFrameworkCore.Relay;
using Waybill.Client.EntityFrameworkCore.Rows;

namespace Waybill.Client.EntityFrameworkCore;

/// <summary>
/// Adds what is to be handed over to the context, to be written by its next <c>SaveChanges</c>, in the same transaction as all else that it writes.
/// Each returns the row's id, which is its idempotency key at Waybill.
/// </summary>
/// <remarks>
/// Whether Waybill allows it is found out when the relay hands it over: what is not allowed stays in the table, with its problem. What can never be sent is refused here.
/// </remarks>
public static class OutboxWriting
{
    /// <summary>What happened to a tenant, for each of its endpoints that take it.</summary>
    /// <param name="type">Such as <c>order.paid</c>; at most 128 characters.</param>
    /// <param name="tenant">The owner's own id for its customer.</param>
    /// <param name="payload">Becomes JSON, at most 256 KiB of it.</param>
    /// <param name="json">How; as web APIs do (camel case) unless given.</param>
    /// <exception cref="InvalidOperationException">The model has no outbox: <see cref="OutboxModel.AddWaybillOutbox"/>.</exception>
    public static Guid Publish<T>(this DbContext db, string type, string tenant, T payload, JsonSerializerOptions? json = null) =>
        db.Publish(new EventDraft { Type = type, Tenant = tenant, Payload = Element(payload, json) });

    /// <param name="happened">All that an event may have.</param>
    /// <inheritdoc cref="Publish{T}(DbContext, string, string, T, JsonSerializerOptions?)"/>
    public static Guid Publish(this DbContext db, EventDraft happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentException.ThrowIfNullOrEmpty(happened.Type, nameof(happened));
        ArgumentException.ThrowIfNullOrEmpty(happened.Tenant, nameof(happened));

        return db.Add(OutboxKind.Event, JsonSerializer.Serialize(EventOf(happened), OutboxJson.Default.EventBatchDraft));
    }

    /// <summary>One call of a URL.</summary>
    /// <param name="url">Absolute http or https URL, at most 2,048 characters.</param>
    /// <param name="payload">Becomes JSON, at most 256 KiB of it.</param>
    /// <param name="json">How; as web APIs do (camel case) unless given.</param>
    /// <exception cref="InvalidOperationException">The model has no outbox: <see cref="OutboxModel.AddWaybillOutbox"/>.</exception>
    public static Guid Notify<T>(this DbContext db, string url, T payload, JsonSerializerOptions? json = null) =>
        db.Notify(new NotificationDraft { Url = url, Payload = Element(payload, json) });

    /// <param name="notification">All that a notification may have.</param>
    /// <inheritdoc cref="Notify{T}(DbContext, string, T, JsonSerializerOptions?)"/>
    public static Guid Notify(this DbContext db, NotificationDraft notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentException.ThrowIfNullOrEmpty(notification.Url, nameof(notification));

        return db.Add(OutboxKind.Notification, JsonSerializer.Serialize(NotificationOf(notification), OutboxJson.Default.BatchDraft));
    }

    private static Guid Add(this DbContext db, OutboxKind kind, string content)
    {
        ArgumentNullException.ThrowIfNull(db);

        var now = Clock(db).GetUtcNow();
        var here = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        var row = new OutboxRow
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Content = content,
            // The serializer leaves nothing but ASCII.
            Size = content.Length,
            TraceParent = here?.Id,
            TraceState = here?.TraceStateString,
            CreatedAt = now.UtcDateTime,
            DueAt = now.UtcDateTime,
        };

        db.Set<OutboxRow>().Add(row);
        OutboxWaking.Note(db);
        return row.Id;
    }

    /// <summary>The application's, where it has one.</summary>
    private static TimeProvider Clock(DbContext db) =>
        db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<TimeProvider>() ?? TimeProvider.System;

    private static JsonElement Element<T>(T payload, JsonSerializerOptions? json) => JsonSerializer.SerializeToElement(payload, json ?? JsonSerializerOptions.Web);

    /// <summary>The key is the row's, and is given when it is sent.</summary>
    private static EventBatchDraft EventOf(EventDraft draft) => new()
    {
        Type = draft.Type,
        Tenant = draft.Tenant,
        Payload = draft.Payload,
        PayloadText = draft.PayloadText,
        PayloadBase64 = draft.PayloadBase64,
        ContentType = draft.ContentType,
        CorrelationId = draft.CorrelationId,
        DeliverAt = draft.DeliverAt,
    };

    private static BatchDraft NotificationOf(NotificationDraft draft) => new()
    {
        Url = draft.Url,
        Method = draft.Method,
        Headers = draft.Headers,
        Payload = draft.Payload,
        PayloadText = draft.PayloadText,
        PayloadBase64 = draft.PayloadBase64,
        ContentType = draft.ContentType,
        CorrelationId = draft.CorrelationId,
        TimeoutSeconds = draft.TimeoutSeconds,
        RetrySchedule = draft.RetrySchedule,
        DeliverAt = draft.DeliverAt,
        Notify = draft.Notify,
    };
}
