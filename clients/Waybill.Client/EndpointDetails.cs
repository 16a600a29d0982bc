using Waybill.Notifications.Endpoints;

namespace Waybill.Client;

/// <summary>An endpoint, and what came of the last day's notifications.</summary>
public sealed record EndpointDetails : EndpointView
{
    public required EndpointCounts LastDay { get; init; }
}

/// <summary>Of the last day.</summary>
/// <param name="Accepted">Notifications that were made for the endpoint.</param>
/// <param name="Failed">Those that failed for good in that time, and still are so.</param>
/// <param name="Complete">False: there are at least as many.</param>
public sealed record EndpointCounts(int Accepted, int Failed, bool Complete);

/// <summary>Endpoints that are failing, paused or disabled: those to whom something happened last first.</summary>
/// <param name="Complete">False: there are, or may be, more.</param>
public sealed record UnwellEndpoints(IReadOnlyList<EndpointView> Items, bool Complete);

/// <summary>How long an endpoint is paused.</summary>
internal sealed record PauseEndpoint(DateTimeOffset Until);

/// <summary>How a secret is rotated.</summary>
internal sealed record RotateSecret(DateTimeOffset? KeepOldUntil);

/// <summary>What a test event is like.</summary>
internal sealed record TestEvent(string Type);

internal sealed record EndpointSecret(string Secret);

internal sealed record EndpointList(IReadOnlyList<EndpointView> Items);

/// <param name="Next">After which the next page begins; null on the last.</param>
internal sealed record TenantList(IReadOnlyList<string> Items, string? Next = null);
