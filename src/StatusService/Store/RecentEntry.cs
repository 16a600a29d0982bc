using System.Security.Cryptography;
using System.Text;

namespace Waybill.StatusService.Store;

/// <summary>What the index knows of a notification: its id and when it was created, in milliseconds since 1970.</summary>
internal sealed record RecentEntry(string Id, long Milliseconds)
{
    /// <summary>
    /// Orders what was created in the same millisecond. A hash, because it is given to clients in cursors and must not tell
    /// the id of another owner's notification. 16 hexadecimal digits.
    /// </summary>
    public string Tie { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("tie" + Id)).AsSpan(0, 8));
}
