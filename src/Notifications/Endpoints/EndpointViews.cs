using Waybill.Notifications.Records;

namespace Waybill.Notifications.Endpoints;

/// <summary>What a record is to those who may see it.</summary>
public static class EndpointViews
{
    extension(EndpointView)
    {
        public static EndpointView Of(EndpointRecord endpoint, DateTimeOffset now, string? secret = null) => Of(endpoint, endpoint.StatusAt(now), now, secret);

        private static EndpointView Of(EndpointRecord endpoint, EndpointStatus status, DateTimeOffset now, string? secret) => new()
        {
            Id = endpoint.Id,
            Owner = endpoint.Owner,
            Tenant = endpoint.Tenant,
            Status = status,
            Version = endpoint.Version,
            Url = endpoint.Url,
            Description = endpoint.Description,
            Types = endpoint.Types,
            Headers = SecretHeaders.Mask(endpoint.Headers),
            TimeoutSeconds = endpoint.TimeoutSeconds,
            RetrySchedule = endpoint.RetrySchedule,
            MaxPerSecond = endpoint.MaxPerSecond,
            PausedUntil = status == EndpointStatus.Paused ? endpoint.PausedUntil : null,
            Reason = status == EndpointStatus.Disabled ? endpoint.DisabledReason : null,
            Since = status == EndpointStatus.Paused || status == EndpointStatus.Disabled ? endpoint.StatusSince : null,
            FailingSince = endpoint.FailingSince,
            LastSuccessAt = endpoint.LastSuccessAt,
            Trouble = endpoint.Trouble,
            OldSecretUntil = endpoint.Secrets.Where(old => old.IsValidAt(now)).Max(old => old.Until),
            CreatedAt = endpoint.CreatedAt,
            LastUpdatedAt = endpoint.LastUpdatedAt,
            Secret = secret,
        };
    }
}
