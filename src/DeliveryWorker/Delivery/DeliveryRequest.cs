using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Waybill.DeliveryWorker.Signing;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.Signing;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Puts a stored request into the form that goes on the wire: what the client gave, as it gave it, and Waybill's own headers.</summary>
internal static class DeliveryRequest
{
    public const string UserAgent = "Waybill/1.0";

    /// <exception cref="FormatException">The stored request cannot be put on the wire.</exception>
    public static HttpRequestMessage Create(ClaimAnswer claim, Signer signer, DateTimeOffset now)
    {
        var request = AsStored(claim.Request);

        if (!request.Headers.NonValidated.Contains("User-Agent"))
        {
            Add(request.Headers, "User-Agent", UserAgent);
        }

        AddWebhookHeaders(request.Headers, claim, signer, now.ToUnixTimeSeconds());
        return request;
    }

    private static HttpRequestMessage AsStored(NotificationRequest stored)
    {
        var request = new HttpRequestMessage(new HttpMethod(stored.Method), TargetUrl.Parse(stored.Url))
        {
            // HTTP/2 where TLS negotiates it, otherwise 1.1; never 3, whose connections the guard would not see.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = stored.Body is null ? null : new ByteArrayContent(stored.Body),
        };

        if (stored.ContentType is not null && request.Content is not null)
        {
            Add(request.Content.Headers, "Content-Type", stored.ContentType);
        }

        foreach (var (name, value) in stored.Headers)
        {
            AddStored(request, name, value);
        }

        return request;
    }

    private static void AddWebhookHeaders(HttpRequestHeaders headers, ClaimAnswer claim, Signer signer, long timestamp)
    {
        Add(headers, WebhookHeaders.Id, claim.Record.Id);
        Add(headers, WebhookHeaders.Timestamp, timestamp.ToString(CultureInfo.InvariantCulture));

        if (signer.Sign(claim.Record.Owner, claim.Record.Id, timestamp, claim.Request.Body) is { } signature)
        {
            Add(headers, WebhookHeaders.Signature, signature);
        }
    }

    /// <summary>The platform keeps headers that describe a body apart from the others.</summary>
    private static void AddStored(HttpRequestMessage request, string name, string value)
    {
        if (TryAdd(request.Headers, name, value))
        {
            return;
        }

        request.Content ??= new ByteArrayContent([]);

        if (!request.Content.Headers.NonValidated.Contains(name))
        {
            Add(request.Content.Headers, name, value);
        }
    }

    private static void Add(HttpHeaders headers, string name, string value)
    {
        if (!TryAdd(headers, name, value))
        {
            throw new FormatException($"The header '{name}' cannot be sent.");
        }
    }

    /// <summary>The platform takes any value here, also one that would add lines to the request.</summary>
    private static bool TryAdd(HttpHeaders headers, string name, string value) =>
        !value.AsSpan().ContainsAny('\r', '\n', '\0') && headers.TryAddWithoutValidation(name, value);
}
