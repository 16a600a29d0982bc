using System.Net;
using System.Net.Security;
using System.Text;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Signing;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// The only way out of the process. It makes one call and nothing else: no redirect, proxy, cookie, credential,
/// decompression or header of its own making, and no repetition but of what certainly did not arrive (<see cref="SafeRepeats"/>).
/// </summary>
public static class GuardedHandler
{
    /// <summary>Longest head of an answer, in KiB; beyond it the call fails.</summary>
    public const int MaxResponseHeadKilobytes = 16;

    /// <summary>Shorter than most receivers keep idle connections open, so that seldom one closes as it is used.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A connection no call waits for any more is given up after that; calls have deadlines of their own.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Present exactly once on every request, so its writing marks the begin of a send.</summary>
    private const string MarkerHeader = WebhookHeaders.Id;

    public static HttpMessageInvoker CreateInvoker(GuardedConnector connector, SslClientAuthenticationOptions tls, EgressOptions options) =>
        new(new SafeRepeats(Create(connector, tls, options), TimeProvider.System));

    private static SocketsHttpHandler Create(GuardedConnector connector, SslClientAuthenticationOptions tls, EgressOptions options) => new()
    {
        ConnectCallback = connector.ConnectAsync,
        PlaintextStreamFilter = WatchAsync,
        RequestHeaderEncodingSelector = NoteSend,
        SslOptions = tls,

        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,

        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromSeconds(options.ConnectionSeconds),
        PooledConnectionIdleTimeout = IdleTimeout,
        EnableMultipleHttp2Connections = true,

        MaxResponseHeadersLength = MaxResponseHeadKilobytes,
        MaxResponseDrainSize = 0,
    };

    private static ValueTask<Stream> WatchAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(CallTimeline.Key, out var timeline))
        {
            timeline.Enter(CallPhase.Connected);
        }

        var stream = context.PlaintextStream is AuthenticatedStream tls ? new AlertReadingStream(tls, timeline) : context.PlaintextStream;
        return ValueTask.FromResult(context.NegotiatedHttpVersion.Major == 1 ? new Http1Stream(stream) : stream);
    }

    /// <summary>Called for each header as it is written; header values go out as UTF-8.</summary>
    private static Encoding NoteSend(string header, HttpRequestMessage request)
    {
        if (!string.Equals(header, MarkerHeader, StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        Sending.Current?.Begin();

        if (request.Options.TryGetValue(CallTimeline.Key, out var timeline))
        {
            timeline.Enter(CallPhase.Headers);
        }

        return Encoding.UTF8;
    }
}

internal static class EgressExtensions
{
    public static void AddEgress(this WebApplicationBuilder builder)
    {
        builder.AddEgressGuard();
        builder.Services.AddSingleton<GuardedConnector>();
        builder.Services.AddSingleton<HostResolver>((host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        builder.Services.AddSingleton(services => GuardedHandler.CreateInvoker(
            services.GetRequiredService<GuardedConnector>(),
            TlsPolicy.Create(),
            services.GetRequiredService<IOptions<EgressOptions>>().Value));
    }
}
