using System.Security.Cryptography;
using System.Text;

namespace Waybill.IntakeService.Queueing;

/// <summary>
/// The receiver's host as SQS's <c>MessageGroupId</c>. On a standard queue it makes the queue fair: when the messages of one
/// group pile up, those of the others are handed out first. It orders nothing and needs no deduplication id.
/// </summary>
public static class MessageGroup
{
    /// <summary>As SQS has it.</summary>
    public const int MaxLength = 128;

    /// <returns>The host, in lower case; its hash where SQS takes no such host; null where the URL has none.</returns>
    public static string? Of(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.IdnHost.Length == 0)
        {
            return null;
        }

        var host = parsed.IdnHost.ToLowerInvariant();
        return IsAllowed(host) ? host : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)));
    }

    /// <summary>SQS takes letters, digits and punctuation of ASCII.</summary>
    private static bool IsAllowed(string host) => host.Length <= MaxLength && host.All(character => character is > ' ' and < (char)127);
}
