using System.Text.Json;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Reading;
using Waybill.Notifications.Reading.Fields;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.Hosting.Endpoints;

/// <summary>Reads what is to become an endpoint, and what is to change about one (a JSON merge patch, RFC 7396).</summary>
public sealed class EndpointReader(EgressGuard egress, TimeProvider time)
{
    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public CreateEndpointRequest? Read(JsonOutline json, EndpointKey key, FieldErrors errors)
    {
        var reader = new FieldReader(json, EndpointFields.KnownAtCreation, errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var fields = new EndpointFields(reader, egress);
        var request = new CreateEndpointRequest
        {
            Key = key,
            Url = fields.Url() ?? "",
            Description = fields.DescriptionText(),
            Types = fields.TypePatterns() ?? [],
            Headers = fields.Headers(),
            TimeoutSeconds = fields.Timeout() ?? DeliveryTiming.DefaultTimeoutSeconds,
            RetrySchedule = fields.Schedule(),
            MaxPerSecond = fields.Bound(),
            PausedUntil = fields.IsPaused() ? time.GetUtcNow() + EndpointPause.Longest : null,
            Fingerprint = "",
        };

        return errors.Any ? null : request with { Fingerprint = Fingerprint(request) };
    }

    /// <summary>A field that is left out stays as it is; one that is null goes back to its default, where it has one.</summary>
    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public ChangeEndpointRequest? ReadPatch(JsonOutline json, EndpointKey key, int? version, FieldErrors errors)
    {
        var reader = new FieldReader(json, EndpointFields.Known, errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var fields = new EndpointFields(reader, egress);

        if (json.Root.GetPropertyCount() == 0)
        {
            errors.Add(FieldErrors.Body, $"must have at least one of the fields {string.Join(", ", EndpointFields.Known)}.");
        }

        var request = new ChangeEndpointRequest
        {
            Key = key,
            Version = version,
            Url = fields.IsGiven(UrlField.Name) ? fields.Url() : null,
            Description = fields.IsGiven(EndpointFields.Description) ? fields.DescriptionText() ?? "" : null,
            Types = fields.IsGiven(EndpointFields.Types) ? fields.TypePatterns() : null,
            Headers = fields.IsGiven(HeadersField.Name) ? fields.Headers() : null,
            TimeoutSeconds = fields.IsGiven(EndpointFields.TimeoutSeconds) ? fields.Timeout() ?? DeliveryTiming.DefaultTimeoutSeconds : null,
            RetrySchedule = fields.Schedule(),
            DefaultSchedule = fields.IsNull(RetryScheduleField.Name),
            MaxPerSecond = fields.Bound(),
            NoMaxPerSecond = fields.IsNull(EndpointFields.MaxPerSecond),
        };

        return errors.Any ? null : request;
    }

    /// <summary>
    /// Two requests are the same when they ask for the same; the order of headers and the case of their names do not matter. One without what came with a later
    /// release keeps the fingerprint that it had, so that a repeat over two releases meets what it has created.
    /// </summary>
    private static string Fingerprint(CreateEndpointRequest request)
    {
        object?[] first =
        [
            request.Url,
            request.Description,
            request.Types,
            request.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(header => new[] { header.Key.ToLowerInvariant(), header.Value }),
            request.TimeoutSeconds,
            request.RetrySchedule,
        ];
        object?[] later = request.MaxPerSecond is null && request.PausedUntil is null ? [] : [request.MaxPerSecond, request.PausedUntil is not null];

        return FingerprintText.Of(JsonSerializer.SerializeToUtf8Bytes<object?[]>([.. first, .. later]));
    }
}
