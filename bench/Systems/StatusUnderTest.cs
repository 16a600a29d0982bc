using System.Globalization;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Bench.Systems;

/// <summary>The status service, as it is deployed, and how others reach its internal API.</summary>
internal sealed class StatusUnderTest : IAsyncDisposable
{
    private StatusUnderTest(MeasuredService service, Uri internalUrl)
    {
        Service = service;
        InternalUrl = internalUrl;
    }

    public MeasuredService Service { get; }

    public Uri InternalUrl { get; }

    /// <summary>What a service that calls it needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["StatusService__InternalUrl"] = InternalUrl.ToString(),
        ["StatusService__InternalKey"] = TestKeys.Internal,
        ["StatusService__PublicUrl"] = Service.Url.ToString(),
    };

    /// <param name="environment">Where the backends are, keys and settings.</param>
    public static async Task<StatusUnderTest> StartAsync(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var port = LoopbackPort.Pick();
        KeyValuePair<string, string>[] all =
        [
            .. environment,
            new("InternalApi__Host", "127.0.0.1"),
            new("InternalApi__Port", port.ToString(CultureInfo.InvariantCulture)),
        ];

        return new StatusUnderTest(await MeasuredService.StartAsync("StatusService", all), new Uri($"http://127.0.0.1:{port}"));
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
