using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Notifications.StatusApi;

/// <summary>What the status service answered to one call, whichever way it came.</summary>
/// <param name="NothingWritten">For certain; only of a call that failed.</param>
internal readonly record struct StatusAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool NothingWritten)
{
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type) ?? throw new StatusUnavailableException("The status service answered null.");
        }
        catch (JsonException exception)
        {
            throw new StatusUnavailableException($"The status service's answer cannot be read: {exception.Message}", exception);
        }
    }

    public StatusUnavailableException Unexpected() =>
        new($"The status service answered {(int)Status}: {System.Text.Encoding.UTF8.GetString(Body.Span)}") { NothingWritten = NothingWritten };
}
