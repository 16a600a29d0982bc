using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions;

/// <summary>
/// Tells a repeated request from another one with the same Idempotency-Key. Two requests are the same when they ask for the
/// same thing: the order of fields and headers, the case of header names, white space in the payload and defaults that
/// are spelled out do not matter.
/// </summary>
public static class Fingerprint
{
    private const int NoSchedule = -1;
    private const long NoTime = long.MinValue;

    public static string Of(Submission submission)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);

        WriteRequest(writer, submission.Request);
        writer.Write(submission.TimeoutSeconds);
        writer.Write(submission.CorrelationId ?? "");
        writer.Write(submission.DeliverAt?.ToUnixTimeMilliseconds() ?? NoTime);
        writer.Write(submission.RetrySchedule?.Count ?? NoSchedule);

        foreach (var seconds in submission.RetrySchedule ?? [])
        {
            writer.Write(seconds);
        }

        if (submission.Notify)
        {
            // Only then, as requests of a release that did not know it keep their fingerprint.
            writer.Write(true);
        }

        writer.Flush();
        return FingerprintText.Of(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    // Every text is written with its length before it, so that no two different requests give the same bytes.
    private static void WriteRequest(BinaryWriter writer, NotificationRequest request)
    {
        writer.Write(request.Method);
        writer.Write(request.Url);
        writer.Write(request.Headers.Count);

        foreach (var (name, value) in request.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            writer.Write(name.ToLowerInvariant());
            writer.Write(value);
        }

        writer.Write(request.ContentType ?? "");
        writer.Write(SHA256.HashData(request.Body ?? []));
    }
}
