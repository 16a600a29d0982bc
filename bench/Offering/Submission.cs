using System.Text;
using System.Text.Json;

namespace Waybill.Bench.Offering;

/// <summary>The body that each request to intake has.</summary>
internal sealed class Submission(Uri receiver, int payloadBytes)
{
    private readonly byte[] _json = JsonSerializer.SerializeToUtf8Bytes(new
    {
        url = receiver,
        payload = new { filler = Filler(payloadBytes) },
    });

    public HttpContent ToContent() => new ByteArrayContent(_json)
    {
        Headers = { { "Content-Type", "application/json" } },
    };

    /// <summary>Different words, as payloads have them, so that compression gains no more than it would in use.</summary>
    private static string Filler(int length)
    {
        var text = new StringBuilder();
        var random = new Random(length);

        while (text.Length < length)
        {
            text.Append(random.Next(100_000)).Append(' ');
        }

        return text.ToString(0, length);
    }
}
