using System.Net;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>A JSON body without end and without a length: white space, until the other side has had enough.</summary>
internal sealed class EndlessContent : HttpContent
{
    private static readonly byte[] Blanks = Enumerable.Repeat((byte)' ', 16 * 1024).ToArray();

    public EndlessContent() => Headers.TryAddWithoutValidation("Content-Type", "application/json");

    public long Written { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        while (true)
        {
            await stream.WriteAsync(Blanks);
            Written += Blanks.Length;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
