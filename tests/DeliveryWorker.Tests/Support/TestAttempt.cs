using System.Diagnostics;
using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Egress;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Sealing;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>The production attempt, with loopback opened and no name ever asked of a name server.</summary>
internal sealed class TestAttempt : IDisposable
{
    public TestAttempt(
        HostResolver? resolver = null,
        Action<EgressOptions>? egress = null,
        SslClientAuthenticationOptions? tls = null,
        bool sendTraceparent = false,
        IReadOnlyList<SealingKey>? sealing = null,
        params string[] secrets)
    {
        var options = new EgressOptions { AllowedCidrs = ["127.0.0.0/8", "::1/128"] };
        egress?.Invoke(options);

        var connector = new GuardedConnector(new EgressGuard(Options.Create(options)), resolver ?? ToLoopback);
        Http = GuardedHandler.CreateInvoker(connector, tls ?? TlsPolicy.Create(), options);
        Attempt = new HttpAttempt(Http, Signers.With(sealing ?? [], secrets), Options.Create(new DeliveryOptions { SendTraceparent = sendTraceparent }), TimeProvider.System);
    }

    public HttpAttempt Attempt { get; }

    /// <summary>What it calls with.</summary>
    public HttpMessageInvoker Http { get; }

    public Task<AttemptOutcome> PostAsync(string url, int timeoutSeconds = 5) => Attempt.MakeAsync(A.Claim(url, timeoutSeconds));

    public static Task<IPAddress[]> ToLoopback(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    /// <summary>The outcome and how long it took by the clock on the wall.</summary>
    public async Task<(AttemptOutcome Outcome, TimeSpan Elapsed)> MeasureAsync(string url, int timeoutSeconds)
    {
        var watch = Stopwatch.StartNew();
        var outcome = await PostAsync(url, timeoutSeconds);
        return (outcome, watch.Elapsed);
    }

    public void Dispose() => Http.Dispose();
}
