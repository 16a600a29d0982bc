using System.Diagnostics;

namespace Waybill.Client.EntityFrameworkCore.Telemetry;

/// <summary>
/// Spans of the relay. A call whose rows are of one trace is in that trace, and so is what Waybill does then. A call with rows of several is in a trace of its own, with
/// links to theirs; and each of theirs has a span that links to it.
/// </summary>
internal static class OutboxTracing
{
    private const string PostName = "waybill.outbox post";
    private const string AcceptedName = "waybill.outbox accepted";

    private static readonly ActivitySource Source = new(OutboxTelemetry.Name);

    /// <returns>One that is current, also where nobody listens: the call carries its context on.</returns>
    public static Activity Start(OutboxKind kind, IReadOnlyList<OutboxRow> rows)
    {
        var origins = rows.Select(Origin).Distinct().ToList();
        var parent = origins.Select(origin => origin?.TraceId).Distinct().Count() == 1 ? origins[0].GetValueOrDefault() : default;
        var links = parent == default ? origins.OfType<ActivityContext>().Select(origin => new ActivityLink(origin)) : null;

        // Whatever is current in the relay's own flow has nothing to do with these rows.
        Activity.Current = null;
        var activity = Source.StartActivity(PostName, ActivityKind.Producer, parent, links: links) ?? Unheard(parent);

        activity.SetTag("waybill.outbox.kind", kind == OutboxKind.Event ? "event" : "notification");
        activity.SetTag("messaging.batch.message_count", rows.Count);
        return activity;
    }

    /// <summary>In the trace of who has added the row.</summary>
    /// <param name="id">Waybill's.</param>
    public static void Accepted(OutboxRow row, string id, Activity batch)
    {
        if (Origin(row) is not { } origin || origin.TraceId == batch.TraceId || !Source.HasListeners())
        {
            return;
        }

        using var activity = Source.StartActivity(AcceptedName, ActivityKind.Producer, origin, links: [new ActivityLink(batch.Context)]);
        activity?.SetTag(row.Kind == OutboxKind.Event ? "waybill.event.id" : "waybill.notification.id", id);
    }

    private static ActivityContext? Origin(OutboxRow row) => ActivityContext.TryParse(row.TraceParent, row.TraceState, isRemote: true, out var context) ? context : null;

    private static Activity Unheard(ActivityContext parent)
    {
        var activity = new Activity(PostName).SetIdFormat(ActivityIdFormat.W3C);

        if (parent != default)
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = parent.TraceState;
        }

        return activity.Start();
    }
}
