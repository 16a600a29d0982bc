using System.Net.Http.Headers;
using Waybill.LocalAws;
using Waybill.Notifications.StatusApi;

namespace Waybill.TestSupport;

/// <summary>The status service as a process on emulators, with clients for both of its ports.</summary>
public sealed class StatusServiceHost : IAsyncDisposable
{
    private StatusServiceHost(ServiceProcess process, Uri internalUrl)
    {
        Process = process;
        InternalUrl = internalUrl;
        Client = new StatusClient(CreateHttpClient(internalUrl, TestKeys.Internal));
    }

    public ServiceProcess Process { get; }

    public Uri InternalUrl { get; }

    public Uri PublicUrl => Process.Url;

    /// <summary>The internal API.</summary>
    public StatusClient Client { get; }

    /// <summary>What a service that calls this one needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["StatusService__InternalUrl"] = InternalUrl.ToString(),
        ["StatusService__InternalKey"] = TestKeys.Internal,
        ["StatusService__PublicUrl"] = PublicUrl.ToString(),
    };

    /// <param name="settings">Besides those that every test needs.</param>
    public static async Task<StatusServiceHost> StartAsync(LocalBackends backends, params (string Name, string Value)[] settings)
    {
        var internalPort = LoopbackPort.Pick();
        var environment = new Dictionary<string, string>(backends.EnvironmentVariables)
        {
            ["InternalApi__Host"] = "127.0.0.1",
            ["InternalApi__Port"] = internalPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

        foreach (var (name, value) in TestKeys.Configuration.Select(key => (key.Key, key.Value)).Concat(settings))
        {
            environment[name] = value;
        }

        var process = await ServiceProcess.StartAsync("StatusService", environment);
        return new StatusServiceHost(process, new Uri($"http://127.0.0.1:{internalPort}"));
    }

    /// <summary>A client for the public API with that key; null for none.</summary>
    public HttpClient CreatePublicClient(string? key) => CreateHttpClient(PublicUrl, key);

    /// <summary>A client for the internal port with that key; null for none.</summary>
    public HttpClient CreateInternalClient(string? key) => CreateHttpClient(InternalUrl, key);

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static HttpClient CreateHttpClient(Uri url, string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
