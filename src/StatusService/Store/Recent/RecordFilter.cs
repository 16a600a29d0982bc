using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Store.Recent;

/// <summary>What is looked for. A filter that is null lets everything through.</summary>
internal sealed record RecordFilter
{
    /// <summary>Created at this time or later.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Created before this time.</summary>
    public required DateTimeOffset To { get; init; }

    public string? Owner { get; init; }

    public NotificationStatus? Status { get; init; }

    /// <summary>True for what will not change any more, false for what is open.</summary>
    public bool? Final { get; init; }

    /// <summary>Of the last result.</summary>
    public DeliveryCategory? Category { get; init; }

    /// <summary>The URL's host, with its port or without.</summary>
    public string? Host { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Of events: whose customer's.</summary>
    public string? Tenant { get; init; }

    public string? EndpointId { get; init; }

    public string? EventType { get; init; }

    /// <summary>Something besides the owner and the time.</summary>
    public bool IsNarrow => (Status, Final, Category, Host, CorrelationId) is not (null, null, null, null, null) || (Tenant, EndpointId, EventType) is not (null, null, null);

    /// <summary>Failures alone are looked for.</summary>
    public bool IsOfFailures => Status == NotificationStatus.Failed || (Status is null && Category is { } category && category != DeliveryCategory.Success);

    /// <summary>The ways through the table on which the least is read that was not asked for.</summary>
    public IReadOnlyList<WalkStep> Steps =>
        CorrelationId is not null ? [WalkStep.Correlation, WalkStep.Older]
        : Final == false || IsOpen(Status) ? [WalkStep.Open]
        : !IsOfFailures ? [EndpointId is null ? WalkStep.Recent : WalkStep.Endpoint]
        : Final == true ? [WalkStep.Failed, WalkStep.Older]
        : [WalkStep.Failed, WalkStep.Older, WalkStep.Open];

    public WalkCursor Start(DateTimeOffset now) => Start(Steps[0], From.ToUnixTimeMilliseconds(), To.ToUnixTimeMilliseconds(), now);

    /// <summary>Where the next step starts, in the window of a cursor; null after the last.</summary>
    public WalkCursor? After(WalkCursor cursor, DateTimeOffset now)
    {
        var next = Steps.SkipWhile(step => step != cursor.Step).Skip(1).ToArray();
        return next.Length == 0 ? null : Start(next[0], cursor.From, cursor.To, now);
    }

    public bool Takes(NotificationRecord record) =>
        (Owner is null || string.Equals(record.Owner, Owner, StringComparison.Ordinal))
        && (Status is null || record.Status == Status)
        && (Final is null || record.IsFinal == Final)
        && (Category is null || record.DeliveryResult?.Category == Category)
        && (CorrelationId is null || record.CorrelationId == CorrelationId)
        && (Host is null || UrlHost.Is(record.Url, Host))
        && (Tenant is null || record.Event?.Tenant == Tenant)
        && (EndpointId is null || record.Event?.EndpointId == EndpointId)
        && (EventType is null || record.Event?.Type == EventType);

    /// <param name="owner">Of what cannot be read; null where that cannot be read either.</param>
    public bool MayBeOf(string? owner) => Owner is null || owner is null || string.Equals(owner, Owner, StringComparison.Ordinal);

    /// <summary>Whether a failure may be asked for, as far as its key tells.</summary>
    public Func<FailedKey, bool> Chooses(long from, long to)
    {
        var host = Host is null ? null : FailedKey.HostMark(Host);
        var category = Category is { } one ? FailedKey.Mark(one.Text()) : null;
        var endpoint = EndpointId is null ? null : FailedKey.Mark(EndpointId);
        var tenant = Tenant is null ? null : FailedKey.Mark(Tenant);

        return key => key.CreatedAt >= from && key.CreatedAt < to
            && (host is null || key.Host == host)
            && (category is null || key.Category == category)
            && (endpoint is null || key.Endpoint == endpoint)
            && (tenant is null || key.Tenant == tenant);
    }

    private static bool IsOpen(NotificationStatus? status) =>
        status is { } one && (one == NotificationStatus.Pending || one == NotificationStatus.Queued || one == NotificationStatus.Processing);

    /// <summary>What was created before the window's end may have failed until now.</summary>
    private static WalkCursor Start(WalkStep step, long from, long to, DateTimeOffset now) =>
        new(step, from, to, RecentPosition.Before(step == WalkStep.Failed ? now.AddMinutes(1).ToUnixTimeMilliseconds() : to));
}
