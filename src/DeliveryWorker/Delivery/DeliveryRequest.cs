using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Waybill.DeliveryWorker.Egress;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Puts a stored request into the form that goes on the wire: what the client gave, as it gave it, and Waybill's own headers.</summary>
internal static class DeliveryRequest
{
    public const string UserAgent = "Waybill/1.0";
    public const string IdHeader = GuardedHandler.MarkerHeader;
    public const string TimestampHeader = "webhook-timestamp";

    /// <exception cref="FormatException">The stored request cannot be put on the wire.</exception>
    public static HttpRequestMessage Create(string notificationId, NotificationRequest stored, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(new HttpMethod(stored.Method), new Uri(stored.Url, UriKind.Absolute))
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

        if (!request.Headers.NonValidated.Contains("User-Agent"))
        {
            Add(request.Headers, "User-Agent", UserAgent);
        }

        Add(request.Headers, IdHeader, notificationId);
        Add(request.Headers, TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return request;
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
