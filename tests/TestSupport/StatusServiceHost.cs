using System.Net.Http.Headers;
using Waybill.LocalAws;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.TestSupport;

/// <summary>The status service on emulators, as a process or within the test's, with clients for both of its ports.</summary>
public sealed class StatusServiceHost : IAsyncDisposable
{
    private readonly ServiceProcess? _process;
    private readonly IAsyncDisposable _service;

    private StatusServiceHost(IAsyncDisposable service, Uri publicUrl, Uri internalUrl)
    {
        _service = service;
        _process = service as ServiceProcess;
        PublicUrl = publicUrl;
        InternalUrl = internalUrl;
        Client = CreateClient(internalUrl);
        Endpoints = new EndpointClient(CreateHttpClient(internalUrl, TestKeys.Internal));
    }

    /// <exception cref="InvalidOperationException">It has none of its own.</exception>
    public ServiceProcess Process => _process ?? throw new InvalidOperationException("The status service runs within the test's process.");

    public Uri InternalUrl { get; }

    public Uri PublicUrl { get; }

    /// <summary>The internal API.</summary>
    public StatusClient Client { get; }

    /// <summary>The same, about endpoints.</summary>
    public EndpointClient Endpoints { get; }

    /// <summary>What a service that calls this one needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["StatusService__InternalUrl"] = InternalUrl.ToString(),
        ["StatusService__InternalKey"] = TestKeys.Internal,
        ["StatusService__PublicUrl"] = PublicUrl.ToString(),
    };

    /// <summary>As a process of its own.</summary>
    /// <param name="settings">Besides those that every test needs; an empty one takes one of those away.</param>
    public static Task<StatusServiceHost> StartAsync(LocalBackends backends, params (string Name, string Value)[] settings) =>
        StartAsync(backends.EnvironmentVariables, settings);

    /// <summary>The same, on emulators that somebody else has started.</summary>
    /// <param name="backends">The AWS SDK's own variables.</param>
    /// <param name="settings">Besides those that every test needs; an empty one takes one of those away.</param>
    public static async Task<StatusServiceHost> StartAsync(IReadOnlyDictionary<string, string> backends, params (string Name, string Value)[] settings)
    {
        var (environment, internalUrl) = EnvironmentOf(backends, settings);
        var process = await ServiceProcess.StartAsync("StatusService", environment);
        return new StatusServiceHost(process, process.Url, internalUrl);
    }

    /// <summary>Within the test's process.</summary>
    /// <inheritdoc cref="StartAsync(LocalBackends, ValueTuple{string, string}[])"/>
    public static async Task<StatusServiceHost> StartInProcessAsync(LocalBackends backends, params (string Name, string Value)[] settings)
    {
        var (environment, internalUrl) = EnvironmentOf(backends.EnvironmentVariables, settings);
        var service = await ServiceInProcess.StartAsync("StatusService", environment);
        return new StatusServiceHost(service, service.Url, internalUrl);
    }

    /// <summary>Of the internal API of a service that accepts the keys of the tests.</summary>
    public static StatusClient CreateClient(Uri internalUrl) => new(CreateHttpClient(internalUrl, TestKeys.Internal));

    private static (Dictionary<string, string> Environment, Uri InternalUrl) EnvironmentOf(
        IReadOnlyDictionary<string, string> backends,
        (string Name, string Value)[] settings)
    {
        var internalPort = LoopbackPort.Pick();
        var environment = new Dictionary<string, string>(backends)
        {
            ["InternalApi__Host"] = "127.0.0.1",
            ["InternalApi__Port"] = internalPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

        foreach (var (name, value) in TestKeys.Configuration.Select(key => (key.Key, key.Value)).Concat(settings))
        {
            environment[name] = value;
        }

        foreach (var (name, _) in settings.Where(setting => setting.Value.Length == 0))
        {
            environment.Remove(name);
        }

        return (environment, new Uri($"http://127.0.0.1:{internalPort}"));
    }

    /// <summary>A client for the public API with that key; null for none.</summary>
    public HttpClient CreatePublicClient(string? key) => CreateHttpClient(PublicUrl, key);

    /// <summary>A client for the internal port with that key; null for none.</summary>
    public HttpClient CreateInternalClient(string? key) => CreateHttpClient(InternalUrl, key);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static HttpClient CreateHttpClient(Uri url, string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
