using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Telemetry;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Endpoints;

/// <summary>What owners ask for about their endpoints, by way of intake.</summary>
internal sealed partial class EndpointTransitions(
    EndpointStore store,
    EndpointSecrets secrets,
    EndpointSweep sweep,
    CallbackSubscriptions callbacks,
    TimeProvider time,
    IOptions<TableOptions> options,
    ILogger<EndpointTransitions> logger)
{
    /// <summary>How often a rotation looks again when somebody has changed the endpoint since it was read.</summary>
    private const int Tries = 5;

    /// <summary>Two creations of one moment that both meet the bound are both taken back.</summary>
    /// <returns>Not applied: one with its id is there already; or, without an endpoint, there is no room for one more.</returns>
    public async Task<EndpointOutcome> CreateAsync(CreateEndpointRequest request, CancellationToken cancellationToken)
    {
        var key = request.Key;

        if (!secrets.CanMake)
        {
            return Refused(EndpointRefusals.NotSetUp);
        }

        if (await store.GetAsync(key, cancellationToken) is { } known)
        {
            return Existing(known);
        }

        if ((await store.OfTenantAsync(key.Owner, key.Tenant, cancellationToken)).Count >= EndpointBounds.MostOfTenant)
        {
            return Refused(EndpointRefusals.Limit);
        }

        await store.NoteTenantAsync(key.Owner, key.Tenant, cancellationToken);

        var now = time.GetUtcNow();
        var (secret, stored) = secrets.New(key, now);
        var (applied, endpoint) = await store.InsertAsync(EndpointItem.New(request, stored, now), cancellationToken);

        if (!applied)
        {
            return Existing(endpoint);
        }

        if ((await store.OfTenantAsync(key.Owner, key.Tenant, cancellationToken)).Count > EndpointBounds.MostOfTenant)
        {
            await DeleteAsync(new DeleteEndpointRequest(key), cancellationToken);
            return Refused(EndpointRefusals.Limit);
        }

        Tell(EndpointTransitionTable.Create, key, endpoint);
        return new EndpointOutcome(true, new EndpointAnswer(endpoint, secret));
    }

    public async Task<EndpointOutcome> ChangeAsync(ChangeEndpointRequest request, CancellationToken cancellationToken)
    {
        var change = new EndpointChange(EndpointTransitionTable.Change, time.GetUtcNow(), request.Version);

        if (request.Url is { } url)
        {
            change.Set(EndpointField.Url, StoredValue.Of(url));
        }

        if (request.Description is { } description)
        {
            change.Set(EndpointField.Description, description.Length == 0 ? null : StoredValue.Of(description));
        }

        if (request.Types is { } types)
        {
            change.Set(EndpointField.Types, EndpointItem.Types(types));
        }

        if (request.Headers is { } headers)
        {
            change.Set(EndpointField.Headers, RequestItem.Headers(headers));
        }

        if (request.TimeoutSeconds is { } timeoutSeconds)
        {
            change.Set(EndpointField.TimeoutSeconds, StoredValue.Of(timeoutSeconds));
        }

        if (request.DefaultSchedule || request.RetrySchedule is not null)
        {
            change.Set(EndpointField.RetrySchedule, request.DefaultSchedule ? null : EndpointItem.Schedule(request.RetrySchedule!));
        }

        if (request.NoMaxPerSecond || request.MaxPerSecond is not null)
        {
            change.Set(EndpointField.MaxPerSecond, request.NoMaxPerSecond ? null : StoredValue.Of(request.MaxPerSecond!.Value));
        }

        return await ApplyAsync(request.Key, change, secret: null, cancellationToken);
    }

    /// <summary>The old one stays valid as long as its owner says. Decided on what was read, so that no secret of another rotation is lost.</summary>
    public async Task<EndpointOutcome> RotateSecretAsync(RotateSecretRequest request, CancellationToken cancellationToken)
    {
        var outcome = await TryRotateAsync(request, cancellationToken);

        for (var tries = 1; tries < Tries && outcome is { Applied: false, Endpoint: not null, Answer.Refusal: null } && request.Version is null; tries++)
        {
            outcome = await TryRotateAsync(request, cancellationToken);
        }

        return outcome;
    }

    private async Task<EndpointOutcome> TryRotateAsync(RotateSecretRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        if (!secrets.CanMake)
        {
            return Refused(EndpointRefusals.NotSetUp);
        }

        if (await store.GetAsync(request.Key, cancellationToken) is not { IsDeleted: false } endpoint)
        {
            return new EndpointOutcome(false, null);
        }

        if (request.Version is { } version && version != endpoint.Version)
        {
            return new EndpointOutcome(false, new EndpointAnswer(endpoint));
        }

        var (secret, stored) = secrets.New(request.Key, now);
        var kept = endpoint.Secrets
            .Select(old => old.Until is null ? old with { Until = request.KeepOldUntil ?? now } : old)
            .Where(old => old.IsValidAt(now))
            .ToArray();

        if (kept.Length >= EndpointBounds.MostSecrets)
        {
            return Refused(EndpointRefusals.TooManySecrets, endpoint);
        }

        var change = new EndpointChange(EndpointTransitionTable.RotateSecret, now, endpoint.Version)
            .Set(EndpointField.Secrets, EndpointItem.Secrets([stored, .. kept]));

        return await ApplyAsync(request.Key, change, secret, cancellationToken);
    }

    /// <summary>What is left says that it was here, and keeps no secret; it goes when all that it was to get is over.</summary>
    public async Task<EndpointOutcome> DeleteAsync(DeleteEndpointRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new EndpointChange(EndpointTransitionTable.Delete, now, request.Version)
            .Set(EndpointField.Secrets, EndpointItem.Secrets([]))
            .Set(EndpointField.Headers, null)
            .Remove(EndpointField.Owed)
            .Remove(EndpointField.DueAt)
            .Set(EndpointField.ExpiresAt, StoredValue.OfSeconds(RequestLife.From(now, options.Value)));

        var outcome = await ApplyAsync(request.Key, change, secret: null, cancellationToken);

        if (outcome.Applied)
        {
            sweep.Add(request.Key);
        }

        return outcome;
    }

    /// <summary>A deleted one is none.</summary>
    private async Task<EndpointOutcome> ApplyAsync(EndpointKey key, EndpointChange change, string? secret, CancellationToken cancellationToken)
    {
        var (applied, endpoint) = await store.ApplyAsync(key, change, cancellationToken);

        if (applied)
        {
            Tell(change.Row, key, endpoint!);
        }

        return applied || endpoint is { IsDeleted: false }
            ? new EndpointOutcome(applied, new EndpointAnswer(endpoint, applied ? secret : null))
            : new EndpointOutcome(false, null);
    }

    /// <summary>To a repeat its secret is shown again, as the first answer may have been lost.</summary>
    private EndpointOutcome Existing(EndpointRecord endpoint) => new(false, new EndpointAnswer(endpoint, Opened(endpoint)));

    private string? Opened(EndpointRecord endpoint)
    {
        try
        {
            return endpoint.IsDeleted ? null : secrets.OpenNewest(endpoint);
        }
        catch (SealException exception)
        {
            Log.NotOpened(logger, endpoint.Id, exception.Message);
            return null;
        }
    }

    private static EndpointOutcome Refused(string why, EndpointRecord? endpoint = null) => new(false, new EndpointAnswer(endpoint, Refusal: why));

    private void Tell(EndpointTransition row, EndpointKey key, EndpointRecord endpoint)
    {
        WaybillMetrics.EndpointChanged(row);
        callbacks.Changed(key);
        Log.Applied(logger, row.Name, key.Id, key.Tenant, key.Owner, endpoint.Version);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The secret of {EndpointId} cannot be read here. {Reason}")]
        public static partial void NotOpened(ILogger logger, string endpointId, string reason);

        [LoggerMessage(LogLevel.Information, "{Transition} of {EndpointId}, tenant {Tenant} of {Owner}, version {Version}.")]
        public static partial void Applied(ILogger logger, string transition, string endpointId, string tenant, string owner, int version);
    }
}
