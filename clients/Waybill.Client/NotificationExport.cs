using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>An export while it comes. Nothing of it is held: it comes as fast as it is read.</summary>
public sealed class NotificationExport : IDisposable
{
    private const string EstimateHeader = "Waybill-Accepted-Estimate";
    private const string Unreadable = "unreadable";

    private readonly HttpResponseMessage _response;
    private readonly Stream _content;

    private NotificationExport(HttpResponseMessage response, Stream content) => (_response, _content) = (response, content);

    /// <summary>About how many notifications it has; null where nobody knows, as where more than a time and an owner was asked for.</summary>
    public long? AcceptedEstimate =>
        _response.Headers.TryGetValues(EstimateHeader, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    /// <summary>The next bytes of it, in its format.</summary>
    /// <returns>How many; 0 at its end.</returns>
    /// <exception cref="HttpRequestException">It broke off before its end.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw BrokenOff(exception);
        }
    }

    public void Dispose() => _response.Dispose();

    /// <param name="response">Whose headers are there; it is disposed of with the export.</param>
    /// <exception cref="HttpRequestException">Its end would look like a connection that breaks.</exception>
    internal static async Task<NotificationExport> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // As an HTTP/1.0 proxy may make of it: ended by nothing but the end of the connection.
        if (response is { Version.Major: 1, Headers.TransferEncodingChunked: not true, Content.Headers.ContentLength: null })
        {
            response.Dispose();
            throw new HttpRequestException("The export comes without saying where it ends, so that a part of it would look like all of it. Is an HTTP/1.0 proxy in between?");
        }

        return new NotificationExport(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>Of one in NDJSON.</summary>
    internal async IAsyncEnumerable<ExportedNotification> NotificationsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var lines = JsonSerializer
            .DeserializeAsyncEnumerable(_content, ClientJson.Default.JsonElement, topLevelValues: true, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);

        while (await NextAsync(lines) is { } notification)
        {
            yield return notification;
        }
    }

    private static async ValueTask<ExportedNotification?> NextAsync(IAsyncEnumerator<JsonElement> lines)
    {
        try
        {
            return await lines.MoveNextAsync() ? Notification(lines.Current) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw BrokenOff(exception);
        }
    }

    /// <exception cref="JsonException">It is none.</exception>
    private static ExportedNotification Notification(JsonElement line)
    {
        if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty(Unreadable, out _))
        {
            var unreadable = line.Deserialize(ClientJson.Default.UnreadableLine)!;
            return new ExportedNotification(null, new UnreadableNotification(unreadable.Id, unreadable.Unreadable.Reason));
        }

        return new ExportedNotification(line.Deserialize(ClientJson.Default.NotificationView) ?? throw new JsonException("It is null."), null);
    }

    private static HttpRequestException BrokenOff(Exception exception) => new($"The export broke off before its end: {exception.Message}", exception);
}

/// <summary>One of the notifications of an export; exactly one of the two is set.</summary>
/// <param name="Unreadable">Of one that is stored, but cannot be read.</param>
public sealed record ExportedNotification(NotificationView? Notification, UnreadableNotification? Unreadable);

internal sealed record UnreadableLine
{
    public required string Id { get; init; }

    public required UnreadableReason Unreadable { get; init; }
}

internal sealed record UnreadableReason
{
    public required string Reason { get; init; }
}
