using System.Buffers;
using System.Text;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// What HTTP/1.1 requests need that the platform would write otherwise: header names in the client's own case, and heads without a body
/// where the platform wants one. HTTP/2 has no such case, and its platform code no such want.
/// </summary>
/// <param name="Names">Header names whose case the platform changes.</param>
/// <param name="IsAlone">No body belongs to it, so nothing is said about one, and nothing follows.</param>
internal sealed record RequestHead(IReadOnlyList<string> Names, bool IsAlone)
{
    /// <summary>Carries it on the request.</summary>
    public static readonly HttpRequestOptionsKey<RequestHead> Key = new("waybill.head");

    private static readonly string[] OfTheBody = ["Content-Length", "Transfer-Encoding"];

    /// <param name="written">What the platform writes first: the whole head, and perhaps some of the body.</param>
    public ReadOnlyMemory<byte> Correct(ReadOnlySpan<byte> written)
    {
        var corrected = new ArrayBufferWriter<byte>(written.Length);
        var rest = TakeLine(written, out var requestLine);
        corrected.Write(requestLine);

        while (!rest.IsEmpty)
        {
            rest = TakeLine(rest, out var line);

            if (line.Length <= 2)
            {
                corrected.Write(line);
                break;
            }

            Write(line, corrected);
        }

        if (!IsAlone)
        {
            corrected.Write(rest);
        }

        return corrected.WrittenMemory;
    }

    private static ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf((byte)'\n');
        line = end < 0 ? bytes : bytes[..(end + 1)];
        return bytes[line.Length..];
    }

    private void Write(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> corrected)
    {
        var name = line[..Math.Max(0, line.IndexOf((byte)':'))];

        if (IsAlone && Find(OfTheBody, name) is not null)
        {
            return;
        }

        if (Find(Names, name) is { } given)
        {
            Encoding.ASCII.GetBytes(given, corrected);
            line = line[name.Length..];
        }

        corrected.Write(line);
    }

    private static string? Find(IReadOnlyList<string> names, ReadOnlySpan<byte> name)
    {
        foreach (var candidate in names)
        {
            if (Ascii.EqualsIgnoreCase(name, candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
