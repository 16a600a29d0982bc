using System.Buffers;
using System.Net;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.Simulation.Processes;

/// <summary>What the status service answers to one request.</summary>
/// <param name="Status">That of the one call in it, or of the plain read.</param>
internal sealed record StatusReply(HttpResponseMessage Message, int Status)
{
    public static StatusReply ToRead(int status, byte[] body) => new(Sent(status, body), status);

    /// <param name="body">JSON; empty for none.</param>
    public static StatusReply ToCall(int status, bool nothingWritten, ReadOnlyMemory<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = BatchFormat.CreateWriter(buffer);
        BatchFormat.WriteAnswer(writer, 0, status, nothingWritten, body);
        BatchFormat.EndLine(writer, buffer);

        return ToCall(status, buffer.WrittenSpan.ToArray());
    }

    /// <param name="line">That answers it with that status.</param>
    public static StatusReply ToCall(int status, byte[] line) => new(Sent((int)HttpStatusCode.OK, line), status);

    private static HttpResponseMessage Sent(int status, byte[] content) => new((HttpStatusCode)status) { Content = new ByteArrayContent(content) };
}
