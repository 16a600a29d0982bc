using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Events;

/// <summary>Tells a repeated event from another one with the same Idempotency-Key.</summary>
internal static class EventFingerprint
{
    private const long NoTime = long.MinValue;

    /// <param name="endpointId">Of a test; null for none.</param>
    public static string Of(EventSubmission submission, string? endpointId)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);

        // Every text is written with its length before it, so that no two different events give the same bytes.
        writer.Write(submission.Type);
        writer.Write(submission.Tenant);
        writer.Write(submission.ContentType ?? "");
        writer.Write(SHA256.HashData(submission.Body ?? []));
        writer.Write(submission.CorrelationId ?? "");
        writer.Write(submission.DeliverAt?.ToUnixTimeMilliseconds() ?? NoTime);
        writer.Write(endpointId ?? "");
        writer.Flush();

        return FingerprintText.Of(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
