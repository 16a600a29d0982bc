using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Notifications.StatusApi;

/// <summary>What the status service answered to one call, a line of a request or a request of its own.</summary>
/// <param name="NothingWritten">For certain; only of a call that failed.</param>
internal readonly record struct StatusResponse(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool NothingWritten)
{
    /// <summary>
    /// Whether the answer is the status service's own about what was asked. Others come from between here and there, from one that does not
    /// know us, or from one that has no table just now: they would be the same for everything.
    /// </summary>
    private bool IsAboutTheCall => (int)Status is >= 200 and <= 501
        && Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired
            or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        && (int)Status is < 300 or >= 400;

    private string Text => $"The status service answered {(int)Status}: {System.Text.Encoding.UTF8.GetString(Body.Span)}";

    /// <summary>What was asked of the service and not of one record.</summary>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return Parse(type);
        }
        catch (JsonException exception)
        {
            throw new StatusUnavailableException($"The status service's answer cannot be read: {exception.Message}", exception);
        }
    }

    /// <param name="id">Which record it is about.</param>
    public T Read<T>(JsonTypeInfo<T> type, string id)
    {
        try
        {
            return Parse(type);
        }
        catch (JsonException exception)
        {
            throw new RecordTroubleException(id, $"The status service's answer cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Of a conditional change: whether it applied, and what it was asked of as it is now; null when there is no such thing.</summary>
    /// <param name="id">Which record it is about.</param>
    public (bool Applied, T? Now) ReadOutcome<T>(JsonTypeInfo<T> type, string id)
        where T : class => Status switch
        {
            HttpStatusCode.OK => (true, Read(type, id)),
            HttpStatusCode.Conflict => (false, Read(type, id)),
            HttpStatusCode.NotFound => (false, null),
            _ => throw Unexpected(id),
        };

    public StatusUnavailableException Unexpected() => new(Text) { NothingWritten = NothingWritten };

    /// <param name="id">Which record was asked about.</param>
    public Exception Unexpected(string id) => IsAboutTheCall
        ? new RecordTroubleException(id, ProblemDetail() ?? Text) { ForGood = (int)Status < 500 }
        : Unexpected();

    /// <summary>What the service itself says is wrong (RFC 9457); null where it does not.</summary>
    private string? ProblemDetail()
    {
        try
        {
            using var problem = JsonDocument.Parse(Body);

            return problem.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("detail"u8, out var detail)
                && detail.ValueKind == JsonValueKind.String
                    ? detail.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private T Parse<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body.Span, type) ?? throw new JsonException("It is null.");
}
