using System.Net;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>The body of a call, which tells its <see cref="Sending"/> when it is asked for.</summary>
internal sealed class DeliveryBody(byte[] bytes) : ByteArrayContent(bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Sending.Current is { } sending)
        {
            sending.IsOnBody = true;
        }

        // Not by the base class, which would drop the cancellation for a class derived from it.
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }
}
