using System.Net;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// Carries the headers that the platform counts as a body's (<c>Allow</c>, <c>Content-Language</c>, <c>Expires</c> …) where there is no body. Its
/// length is not told, so that no <c>Content-Length: 0</c> is sent, which load balancers refuse on a GET.
/// </summary>
internal sealed class NoBody : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
