using System.Security.Cryptography;
using System.Text;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Store.Recent;

/// <summary>What an index knows of a notification.</summary>
/// <param name="Milliseconds">Of the time by which the index is ordered, since 1970.</param>
/// <param name="Failure">In the index of failures.</param>
internal sealed record IndexEntry(string Id, long Milliseconds, FailedKey? Failure = null)
{
    /// <summary>
    /// Orders what was created in the same millisecond. A hash, because it is given to clients in cursors and must not tell
    /// the id of another owner's notification. 16 hexadecimal digits.
    /// </summary>
    public string Tie { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("tie" + Id)).AsSpan(0, 8));
}
