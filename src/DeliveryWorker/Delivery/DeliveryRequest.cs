using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Waybill.DeliveryWorker.Egress;
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

    /// <summary>Without a payload they say nothing of a body, where others send <c>Content-Length: 0</c> (RFC 9110, 8.6).</summary>
    private static readonly HashSet<string> MayBeAlone = new(StringComparer.Ordinal) { "GET", "HEAD", "DELETE", "OPTIONS" };

    /// <exception cref="FormatException">The stored request cannot be put on the wire.</exception>
    public static HttpRequestMessage Create(ClaimResponse claim, Signer signer, DateTimeOffset now)
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
            Content = BodyOf(stored),
        };

        if (stored.ContentType is not null)
        {
            AddStored(request, "Content-Type", stored.ContentType);
        }

        foreach (var (name, value) in stored.Headers)
        {
            AddStored(request, name, value);
        }

        if (HeadOf(request, stored) is { } head)
        {
            request.Options.Set(RequestHead.Key, head);
        }

        return request;
    }

    private static DeliveryBody? BodyOf(NotificationRequest stored) => stored.Body switch
    {
        null => null,
        [] when MayBeAlone.Contains(stored.Method) => null,
        var body => new DeliveryBody(body),
    };

    /// <returns>Null where the platform writes the head as it was given.</returns>
    private static RequestHead? HeadOf(HttpRequestMessage request, NotificationRequest stored)
    {
        var names = stored.Headers.Keys.Where(name => !IsWritten(request.Headers, name) && !IsWritten(request.Content?.Headers, name)).ToList();
        var isAlone = request.Content is NoBody;

        return isAlone || names.Count > 0 ? new RequestHead(names, isAlone) : null;
    }

    /// <summary>The platform keeps the names that it knows in a case of its own.</summary>
    private static bool IsWritten(HttpHeaders? headers, string name)
    {
        foreach (var header in headers?.NonValidated ?? default)
        {
            if (string.Equals(header.Key, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddWebhookHeaders(HttpRequestHeaders headers, ClaimResponse claim, Signer signer, long timestamp)
    {
        Add(headers, WebhookHeaders.Id, claim.Record.WebhookId);
        Add(headers, WebhookHeaders.Timestamp, timestamp.ToString(CultureInfo.InvariantCulture));

        if (signer.Sign(claim, timestamp) is { } signature)
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

        request.Content ??= MayBeAlone.Contains(request.Method.Method) ? new NoBody() : new DeliveryBody([]);

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
