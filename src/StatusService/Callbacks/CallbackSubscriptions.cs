using System.Collections.Concurrent;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Endpoints;

namespace Waybill.StatusService.Callbacks;

/// <summary>
/// Which callbacks owners take, by the endpoints that they have in the tenant <see cref="Tenants.Reserved"/>. What was read counts for 5 s, so an owner without
/// callbacks pays one small query for all that fails in that time.
/// </summary>
internal sealed class CallbackSubscriptions(EndpointStore endpoints, TimeProvider time)
{
    /// <summary>Owners that are remembered at most; then each failure of a further one reads.</summary>
    private const int MostOwners = 10_000;

    /// <summary>How long another process may not know of an endpoint for callbacks.</summary>
    public static readonly TimeSpan CountsFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Known> _owners = new(StringComparer.Ordinal);

    /// <summary>Whether the owner is to be told that a notification has failed for good: none of those that tell of others.</summary>
    public Task<bool> OweFailureAsync(NotificationRecord record, CancellationToken cancellationToken) =>
        OweFailureAsync(record.Owner, record.Event?.Tenant, cancellationToken);

    /// <param name="tenant">Of the event that it delivers; null of what was posted to a URL.</param>
    public async Task<bool> OweFailureAsync(string owner, string? tenant, CancellationToken cancellationToken) =>
        tenant != Tenants.Reserved && await TakesAsync(owner, CallbackTypes.NotificationFailed, cancellationToken);

    /// <param name="type">One of <see cref="CallbackTypes"/>.</param>
    public async Task<bool> TakesAsync(string owner, string type, CancellationToken cancellationToken)
    {
        var types = Of(owner);

        if (!types.IsCompleted)
        {
            // Of several that await one task, .NET lets all but one go on elsewhere, on threads of the pool: each awaits one of its own.
            await Task.WhenAny(types).WaitAsync(cancellationToken);
        }

        return (await types).Contains(type);
    }

    /// <summary>An endpoint was created, changed or deleted here: if it is one for callbacks, that counts at once.</summary>
    public void Changed(EndpointKey key)
    {
        if (key.Tenant == Tenants.Reserved)
        {
            _owners.TryRemove(key.Owner, out _);
        }
    }

    private Task<IReadOnlySet<string>> Of(string owner)
    {
        var now = time.GetTimestamp();

        if (_owners.TryGetValue(owner, out var known) && !IsOver(known))
        {
            return known.Types.Value;
        }

        // What many ask for at once is read once.
        var fresh = new Known(new Lazy<Task<IReadOnlySet<string>>>(() => ReadAsync(owner)), now);

        if (known is null ? HasRoom() && !_owners.TryAdd(owner, fresh) : !_owners.TryUpdate(owner, fresh, known))
        {
            return Of(owner);
        }

        return fresh.Types.Value;
    }

    /// <summary>Nobody's cancellation ends what others wait for, too.</summary>
    private async Task<IReadOnlySet<string>> ReadAsync(string owner)
    {
        try
        {
            var all = await endpoints.OfTenantAsync(owner, Tenants.Reserved, CancellationToken.None);
            return CallbackTypes.All.Where(type => all.Any(endpoint => endpoint.Takes(type))).ToHashSet(StringComparer.Ordinal);
        }
        catch
        {
            _owners.TryRemove(owner, out _);
            throw;
        }
    }

    private bool HasRoom()
    {
        if (_owners.Count < MostOwners)
        {
            return true;
        }

        foreach (var old in _owners.Where(entry => IsOver(entry.Value)))
        {
            _owners.TryRemove(old);
        }

        return _owners.Count < MostOwners;
    }

    private bool IsOver(Known known) => time.GetElapsedTime(known.ReadAt) >= CountsFor;

    private sealed record Known(Lazy<Task<IReadOnlySet<string>>> Types, long ReadAt);
}

internal static class CallbacksExtensions
{
    public static WebApplicationBuilder AddCallbacks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CallbackOptions>()
            .BindConfiguration(CallbackOptions.SectionName)
            .Validate(options => options.IsHttpOrNone, "StatusService:PublicUrl must be an absolute http or https URL.")
            .ValidateOnStart();

        builder.Services.AddSingleton<CallbackSubscriptions>();
        builder.Services.AddSingleton<CallbackEvents>();
        builder.Services.AddSingleton<DigestStore>();
        builder.Services.AddSingleton<Digests>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<EndpointNews>();
        builder.Services.AddSingleton<Upkeep>();
        return builder;
    }
}
