using System.Text.Json;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>The request that each attempt sends; header values that look secret are masked. At most one of the payloads is set.</summary>
public sealed record StoredRequest
{
    public required string Method { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string? ContentType { get; init; }

    public JsonElement? Payload { get; init; }

    public string? PayloadText { get; init; }

    public string? PayloadBase64 { get; init; }
}

internal sealed record AttemptList(IReadOnlyList<HistoryEntry> Items);

internal sealed record BatchDrafts(IReadOnlyList<BatchDraft> Notifications);

internal sealed record BatchResults(IReadOnlyList<BatchResult> Results);
