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

    /// <summary>All that takes time is done here: what is returned is called for each piece of time, and while nobody else can count.</summary>
    private static Action<Tally>? Of(Transition row, NotificationRecord record)
    {
        if (row == TransitionTable.Accept)
        {
            var host = UrlHost.Of(record.Url);
            return tally => tally.Accept(host);
        }

        if (row == TransitionTable.Refuse && record is { DeliveryResult.Category: var why })
        {
            var host = UrlHost.Of(record.Url);
            return tally =>
            {
                tally.Accept(host);
                tally.Fail(host, why);
            };
        }

        if (row == TransitionTable.Succeed)
        {
            var host = UrlHost.Of(record.Url);
            var milliseconds = ((record.DeliveredAt ?? record.LastUpdatedAt) - record.PlannedStart).TotalMilliseconds;
            return tally => tally.Succeed(host, milliseconds);
        }

        if (row == TransitionTable.Redeliver)
        {
            return tally => tally.Redeliver();
        }

        if (record is { IsFinal: true, DeliveryResult.Category: var category })
        {
            var host = UrlHost.Of(record.Url);
            return tally => tally.Fail(host, category);
        }

        return null;
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
