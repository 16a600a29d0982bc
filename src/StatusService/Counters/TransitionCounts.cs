using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Counters;

/// <summary>What each transition that was written counts as.</summary>
internal static class TransitionCounts
{
    /// <param name="attempts">How many attempts the write added to the history.</param>
    public static void Note(this CounterBook book, Transition row, NotificationRecord record, int attempts)
    {
        if (Of(row, record) is { } count)
        {
            book.Count(record.Owner, tally =>
            {
                count(tally);
                tally.Attempt(attempts);
            });
        }
        else if (attempts > 0)
        {
            book.Count(record.Owner, tally => tally.Attempt(attempts));
        }
    }

    private static Action<Tally>? Of(Transition row, NotificationRecord record)
    {
        if (row == TransitionTable.Accept)
        {
            return tally => tally.Accept(UrlHost.Of(record.Url));
        }

        if (row == TransitionTable.Succeed)
        {
            return tally => tally.Succeed(UrlHost.Of(record.Url), ((record.DeliveredAt ?? record.LastUpdatedAt) - record.PlannedStart).TotalMilliseconds);
        }

        if (row == TransitionTable.Redeliver)
        {
            return tally => tally.Redeliver();
        }

        return record is { IsFinal: true, DeliveryResult.Category: var category } ? tally => tally.Fail(UrlHost.Of(record.Url), category) : null;
    }
}

internal static class CountersExtensions
{
    public static WebApplicationBuilder AddCounters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CounterBook>();
        builder.Services.AddSingleton<CounterReader>();
        builder.Services.AddSingleton<WindowCounts>();
        builder.Services.AddHostedService<CounterWriter>();
        return builder;
    }
}
