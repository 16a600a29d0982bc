using Waybill.Notifications.Endpoints;

namespace Waybill.StatusService.Endpoints;

/// <summary>When an endpoint is to be looked at next. As long as it is not well it has such a time, and so stands among those that are not.</summary>
internal static class NextLook
{
    /// <summary>Of one that only its owner changes.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>Null of one that is well, and about which nothing is left to do.</returns>
    public static DateTimeOffset? Of(EndpointRecord endpoint, EndpointOptions options, DateTimeOffset now)
    {
        var owed = endpoint.Owed.Count == 0 ? (DateTimeOffset?)null : endpoint.Owed.Min(one => one.At);
        var state = OfState(endpoint, options, now);

        return owed is null || state < owed ? state ?? owed : owed;
    }

    private static DateTimeOffset? OfState(EndpointRecord endpoint, EndpointOptions options, DateTimeOffset now)
    {
        if (endpoint.Status == EndpointStatus.Paused)
        {
            return endpoint.PausedUntil;
        }

        if (endpoint.Status == EndpointStatus.Disabled)
        {
            return endpoint.DisabledReason == DisableReasons.ByOwner ? Never : Probe(endpoint.StatusSince ?? now, options.ProbeEvery, now);
        }

        return endpoint.FailingSince is not { } since ? null
            : endpoint.WarnedAt is null ? since + options.WarnAfter
            : since + options.DisableAfter > now ? since + options.DisableAfter
            : now + (options.DisableAfter / 10);
    }

    /// <summary>The first whole multiple of the distance that is still ahead.</summary>
    private static DateTimeOffset Probe(DateTimeOffset since, TimeSpan every, DateTimeOffset now) => since + (every * Math.Max(1, Math.Floor((now - since) / every) + 1));
}
