using System.Text;
using System.Text.Unicode;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries;

/// <summary>The request that each attempt sends, as people may see it. At most one of the three payloads is set.</summary>
internal sealed record RequestView
{
    /// <summary>As JSON text.</summary>
    public const string Example = """
        {
          "method": "POST",
          "url": "https://example.com/hooks/orders",
          "headers": { "X-Order": "4711", "Authorization": "***" },
          "contentType": "application/json",
          "payload": { "order": 4711, "state": "paid" }
        }
        """;

    public required string Method { get; init; }

    public required string Url { get; init; }

    /// <summary>In the client's order. A value that looks secret is <c>***</c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string? ContentType { get; init; }

    /// <summary>A body that is JSON and whose content type says so, as it is sent.</summary>
    public RawJson? Payload { get; init; }

    /// <summary>Any other body that is UTF-8 text without control characters, line ends and tabs aside.</summary>
    public string? PayloadText { get; init; }

    /// <summary>Any other body, in Base64.</summary>
    public string? PayloadBase64 { get; init; }

    public static RequestView Of(NotificationRequest request)
    {
        var view = new RequestView
        {
            Method = request.Method,
            Url = request.Url,
            Headers = SecretHeaders.Mask(request.Headers),
            ContentType = request.ContentType,
        };

        return request.Body is { } body ? view.With(body) : view;
    }

    private RequestView With(byte[] body)
    {
        if (IsJson(ContentType) && RawJson.TryRead(body, out var json))
        {
            return this with { Payload = json };
        }

        return TryReadText(body, out var text)
            ? this with { PayloadText = text }
            : this with { PayloadBase64 = Convert.ToBase64String(body) };
    }

    /// <summary>application/json and every type that ends in +json, whatever its parameters.</summary>
    private static bool IsJson(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();

        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadText(byte[] body, out string text)
    {
        text = Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : "";
        return text.Length > 0 ? !text.Any(IsBinary) : body.Length == 0;
    }

    private static bool IsBinary(char character) => char.IsControl(character) && character is not ('\t' or '\r' or '\n');
}
