using Waybill.Receiver.Verification;

namespace Waybill.Receiver.Recording;

/// <summary>One request as it arrived, and how it was answered.</summary>
public sealed record ReceivedRequest
{
    /// <summary>1 for the first since the start; never used again.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>The name in <c>/hook/{name}</c>.</summary>
    public string? Name { get; init; }

    /// <summary>By which a receiver deduplicates.</summary>
    public string? WebhookId { get; init; }

    /// <summary>Null where the receiver has no secret to check it with.</summary>
    public SignatureState? Signature { get; init; }

    /// <summary>A header that came several times has its values joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>As text where it is UTF-8; at most the first 64 KiB.</summary>
    public string? Body { get; init; }

    /// <summary>Where the body is not UTF-8; at most the first 64 KiB of it.</summary>
    public string? BodyBase64 { get; init; }

    /// <summary>Bytes received, kept or not.</summary>
    public required long BodyLength { get; init; }

    public required bool BodyTruncated { get; init; }

    /// <summary>The status it is answered with.</summary>
    public int Status { get; init; }
}
